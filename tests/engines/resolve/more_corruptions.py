"""More ways to write a name, and traps: what files add to names, and who is named after whom."""

from __future__ import annotations

import random

from pypinyin import lazy_pinyin

from chuangtu.engines.resolve.model import Party
from tests.engines.resolve.corruptions import Trap, Way, beside
from tests.engines.resolve.invented import SIGNS, Organization, record

_KNOWN = sorted({*SIGNS, *"商是于有线公思舒码字动化记树技计及机其基气汽器限现先实事食贸茂易意有"})


def town_in_front(lot: random.Random, of: Organization) -> str | None:
    is_here = of.city == "上海" and not of.bracketed
    return f"上海市闵行区{of.brand}{of.trade}{of.form}（{of.town}）" if is_here else None


def seat_again(lot: random.Random, of: Organization) -> str | None:
    return None if of.bracketed else f"{of.name}（{of.city}）"


def hyphenated(lot: random.Random, of: Organization) -> str | None:
    return f"{of.city}-{of.brand}-{of.trade}{of.form}"


def broken_line(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(2, len(of.name) - 2)
    return f"{of.name[:at]}\n{of.name[at:]}\t"


def stock_short(lot: random.Random, of: Organization) -> str | None:
    return of.but(form="股份公司").name if of.form == "股份有限公司" else None


def bracket_behind_brand(lot: random.Random, of: Organization) -> str | None:
    return f"{of.brand}（{of.city}）{of.trade}{of.form}"


def with_code(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}（统一社会信用代码：{of.code}）"


def responsible_behind(lot: random.Random, of: Organization) -> str | None:
    return of.name.replace("有限公司", "公司（有限责任）") if of.form == "有限公司" else None


def narrow_column(lot: random.Random, of: Organization) -> str | None:
    return of.name[:12] if len(of.name) > 12 and not of.bracketed else None


def sounded_pair(lot: random.Random, of: Organization) -> str | None:
    signs = list(of.name)
    for at in lot.sample(range(len(signs)), len(signs)):
        others = [s for s in _KNOWN if s != signs[at] and lazy_pinyin(s) == lazy_pinyin(signs[at])]
        if others:
            signs[at] = lot.choice(others)
            return "".join(signs).replace("公司", " 公司")
    return None


def quoted(lot: random.Random, of: Organization) -> str | None:
    return f"「{of.name}」"


def city_twice(lot: random.Random, of: Organization) -> str | None:
    return f"{of.city}市{of.brand}（{of.city}）{of.trade}{of.form}"


def starred(lot: random.Random, of: Organization) -> str | None:
    return f"*{of.name}*；"


def regionless_short(lot: random.Random, of: Organization) -> str | None:
    return f"{of.brand}{of.trade}股份" if "股份" in of.form else f"{of.brand}{of.trade}公司"


WAYS: tuple[Way, ...] = (
    town_in_front, seat_again, hyphenated, broken_line, stock_short, bracket_behind_brand,
    with_code,
    responsible_behind, narrow_column, sounded_pair, quoted, city_twice, starred, regionless_short,
)  # fmt: skip


def institute(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, f"{of.city}{of.brand}{of.trade}研究院有限公司")


def union(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    tail = lot.choice(("工会委员会", "党支部", "职工技术协会"))
    return beside(lot, of, f"{of.name}{tail}")


def serving_daughter(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    word = lot.choice(("技术服务", "销售", "工程"))
    return beside(lot, of, f"{of.city}{of.brand}{of.trade}{word}{of.form}")


def province(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.choice(
        (("江苏", "南京"), ("浙江", "杭州"), ("广东", "深圳"), ("湖北", "武汉"))
    )
    return beside(lot, of.but(city=one), of.but(city=other).name, near=0)


def japanese_parent(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, f"{of.brand}{of.trade}株式会社", near=0)


def digits(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.sample(range(2, 99), 2)
    first = of.but(brand=f"{of.brand}{one}")
    return beside(lot, first, of.but(brand=f"{of.brand}{other}").name)


def longer_in_front(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, of.but(brand="".join(lot.sample(SIGNS, 2)) + of.brand).name)


def two_alike(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    first = of.brand[0]
    rest = [each for each in SIGNS if each not in of.brand]
    return beside(lot, of.but(brand=first + rest[lot.randrange(len(rest))]), of.name)


def neighbours(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    brand = "".join(lot.sample(SIGNS, 3))
    return (
        record("1", of.name, "", of.address),
        record("2", of.but(brand=brand).name, "", of.address),
    )


def city_branch_of_city(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, f"{of.brand}{of.trade}股份有限公司{of.city}分公司")


TRAPS: tuple[Trap, ...] = (
    institute, union, serving_daughter, province, japanese_parent, digits, longer_in_front,
    two_alike,
    neighbours, city_branch_of_city,
)  # fmt: skip
