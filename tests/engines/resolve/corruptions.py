"""Ways a record is written differently, and records that only look alike: those tuned with.

Each way takes a lot and an organisation and gives another writing of its name, or None where it
does not apply. Each trap gives a second organisation's record.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from opencc import OpenCC
from pypinyin import lazy_pinyin

from chuangtu.engines.resolve.model import Party
from tests.engines.resolve.invented import (
    OTHER_CITIES,
    SIGNS,
    TRADES,
    Organization,
    record,
    spare_code,
)

Way = Callable[[random.Random, Organization], str | None]
Trap = Callable[[random.Random, Organization], tuple[Party, Party] | None]

TRADITIONAL = OpenCC("s2t")
_WIDE = str.maketrans({chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)})
_NUMERALS = str.maketrans("一二三四五六七八九", "123456789")
_CONTRASTS = ("一二三", "东南西北", "大小", "上下", "甲乙丙")


def wide(lot: random.Random, of: Organization) -> str | None:
    return of.name.translate(_WIDE).replace("（", "(").replace("）", ")")


def spaced(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(1, len(of.name))
    return of.name[:at] + lot.choice((" ", "\u3000", "  ")) + of.name[at:]


def with_shi(lot: random.Random, of: Organization) -> str | None:
    return None if of.bracketed else of.name.replace(of.city, f"{of.city}市", 1)


def bracket_moved(lot: random.Random, of: Organization) -> str | None:
    return of.but(bracketed=not of.bracketed).name


def bracket_first(lot: random.Random, of: Organization) -> str | None:
    return f"（{of.city}）{of.brand}{of.trade}{of.form}"


def responsible(lot: random.Random, of: Organization) -> str | None:
    return of.name.replace("有限公司", "有限责任公司") if of.form == "有限公司" else None


def stock(lot: random.Random, of: Organization) -> str | None:
    return of.but(form="股份有限公司").name if of.form == "有限公司" else None


def formless(lot: random.Random, of: Organization) -> str | None:
    return None if of.bracketed or "集团" in of.form else f"{of.city}{of.brand}{of.trade}"


def clipped(lot: random.Random, of: Organization) -> str | None:
    return None if of.bracketed else of.name[: -lot.choice((1, 2))]


def regionless(lot: random.Random, of: Organization) -> str | None:
    return f"{of.brand}{of.trade}{of.form}"


def traditional(lot: random.Random, of: Organization) -> str | None:
    return TRADITIONAL.convert(of.name)


def numbered(lot: random.Random, of: Organization) -> str | None:
    found = of.name.translate(_NUMERALS)
    return found if found != of.name else None


def noted(lot: random.Random, of: Organization) -> str | None:
    return of.name + lot.choice(("（示例）", "（筹）", "(已注销)", "（存续）"))


def homophone(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(len(of.name))
    sound = lazy_pinyin(of.name[at])
    others = [s for s in _KNOWN if s != of.name[at] and lazy_pinyin(s) == sound]
    return of.name[:at] + lot.choice(others) + of.name[at + 1 :] if others else None


def in_district(lot: random.Random, of: Organization) -> str | None:
    is_here = of.city == "上海" and not of.bracketed
    return f"上海市闵行区{of.brand}{of.trade}{of.form}" if is_here else None


def short(lot: random.Random, of: Organization) -> str | None:
    return f"{of.brand}{of.trade}" if len(of.brand) > 1 else None


_KNOWN = sorted(set(SIGNS) | set("".join(TRADES)) | set("枝信西件其械剂公司限线计析习欣园圆源缘"))

WAYS: tuple[Way, ...] = (
    wide, spaced, with_shi, bracket_moved, bracket_first, responsible, stock, formless, clipped,
    regionless, traditional, numbered, noted, homophone, in_district, short,
)  # fmt: skip


def beside(
    lot: random.Random, of: Organization, name: str, *, near: float = 0.3
) -> tuple[Party, Party]:
    """The organisation and a stranger named so, at times at one address, codes now and then."""
    both = lot.random() < 0.3
    address = of.address if lot.random() < near else "上海市闵行区放鹤路3001号"
    return (
        record("1", of.name, of.code if both or lot.random() < 0.5 else "", of.address),
        record("2", name, spare_code(of) if both else "", address),
    )


def branch(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    place = lot.choice(OTHER_CITIES + ["闵行", "浦东", "第一", ""])
    return beside(lot, of, f"{of.name}{place}分公司")


def other_city(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    city = lot.choice([each for each in OTHER_CITIES if each != of.city])
    if city == "苏州" and of.city == "昆山":
        return None
    return beside(lot, of, of.but(city=city).name, near=0)


def other_trade(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    trade = lot.choice([each for each in TRADES if each != of.trade])
    return beside(lot, of, of.but(trade=trade).name)


def extra_word(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    word = lot.choice(("电子", "环境", "医疗", "智能", "国际", "新能源"))
    return (
        None if of.trade.startswith(word) else beside(lot, of, of.but(trade=word + of.trade).name)
    )


def contrast(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    row = lot.choice(_CONTRASTS)
    one, other = lot.sample(row, 2)
    first = of.but(brand=one + of.brand[1:])
    return beside(lot, first, of.but(brand=other + of.brand[1:]).name)


def other_sign(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    at = lot.randrange(len(of.brand))
    sign = lot.choice(SIGNS)
    if lazy_pinyin(sign) == lazy_pinyin(of.brand[at]):
        return None
    return beside(lot, of, of.but(brand=of.brand[:at] + sign + of.brand[at + 1 :]).name, near=0.1)


def partnership(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, of.but(form="合伙企业（有限合伙）", bracketed=False).name)


def stranger(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    brand = "".join(lot.sample(SIGNS, 2))
    return beside(lot, of, of.but(brand=brand, trade=lot.choice(TRADES)).name, near=0.7)


TRAPS: tuple[Trap, ...] = (
    branch, other_city, other_trade, extra_word, contrast, other_sign, partnership, stranger,
)  # fmt: skip
