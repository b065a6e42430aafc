"""What people add around a name, and organisations named after another."""

from __future__ import annotations

import random

from chuangtu.engines.resolve.model import Party
from tests.engines.resolve import corruptions
from tests.engines.resolve.corruptions import Trap, Way, beside
from tests.engines.resolve.invented import SIGNS, TRADES, Organization, record, spare_code

_RADICALS = {
    "金": "⾦",
    "新": "新",
    "力": "⼒",
    "立": "⽴",
    "文": "⽂",
    "电": "电",
    "高": "⾼",
    "子": "⼦",
}


def two_ways(lot: random.Random, of: Organization) -> str | None:
    """Another writing, in traditional signs or with a space."""
    way = lot.choice(
        (
            corruptions.with_shi,
            corruptions.responsible,
            corruptions.bracket_moved,
            corruptions.noted,
        )
    )
    name = way(lot, of)
    if name is None:
        return None
    if lot.random() < 0.5:
        return str(corruptions.TRADITIONAL.convert(name))
    at = lot.randrange(1, len(name))
    return f"{name[:at]} {name[at:]}"


def regionless_responsible(lot: random.Random, of: Organization) -> str | None:
    return f"{of.brand}{of.trade}有限责任公司" if of.form == "有限公司" else None


def prefix_twice(lot: random.Random, of: Organization) -> str | None:
    return f"{of.city}市{of.name}" if not of.bracketed else None


def with_address(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}（{of.address}）"


def english_behind(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name} Co., Ltd."


def listed_stock(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}（{lot.choice(('688', '300', '83'))}{lot.randint(100, 999)}）"


def radicals(lot: random.Random, of: Organization) -> str | None:
    found = "".join(_RADICALS.get(sign, sign) for sign in of.name)
    return found if found != of.name else None


def private(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}（{lot.choice(('民营企业', '高新技术企业', '外商投资'))}）"


def spaced_out(lot: random.Random, of: Organization) -> str | None:
    return " ".join(of.name)


def entity(lot: random.Random, of: Organization) -> str | None:
    return f"&nbsp;{of.name}" if lot.random() < 0.5 else f"'{of.name}"


def half_brackets(lot: random.Random, of: Organization) -> str | None:
    return of.name.replace("）", "").replace("（", "(") if of.bracketed else None


def stock_from_limited(lot: random.Random, of: Organization) -> str | None:
    return of.but(form="有限公司").name if of.form == "股份有限公司" else None


WAYS: tuple[Way, ...] = (
    two_ways, regionless_responsible, prefix_twice, with_address, english_behind, listed_stock,
    radicals, private, spaced_out, entity, half_brackets, stock_from_limited,
    corruptions.homophone,
)  # fmt: skip


def group_parent(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return None if "集团" in of.form else beside(lot, of, f"{of.brand}集团有限公司", near=0)


def bracketed_branch(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, f"{of.name}（{lot.choice(('昆山', '天津', '张江'))}）分公司")


def software_park(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, f"{of.city}{of.brand}{lot.choice(('软件园', '科技园'))}发展有限公司")


def schools(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.sample(["第一", "第三", "实验", "附属", "外国语"], 2)
    kind = lot.choice(("小学", "中学", "幼儿园"))
    return (
        record("1", f"上海市{of.brand}{one}{kind}", "", of.address),
        record("2", f"上海市{of.brand}{other}{kind}", "", ""),
    )


def shop(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(
        lot, of, f"上海市闵行区{of.brand}{of.trade}{lot.choice(('店', '经营部', '服务部'))}"
    )


def code_twins(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return (
        record("1", of.name, of.code, of.address),
        record("2", f"{of.name} ", spare_code(of), of.address),
    )


def press(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    tail = lot.choice(("出版社有限公司", "附属中学", "资产经营有限公司"))
    return (
        record("1", f"上海{of.brand}大学", "", of.address),
        record("2", f"上海{of.brand}大学{tail}", "", of.address),
    )


def same_brand_no_region(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    trade = lot.choice([each for each in TRADES if each != of.trade])
    return beside(lot, of, f"{of.brand}{trade}有限公司")


def two_signs_changed(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    brand = of.brand[:-2] + "".join(lot.sample(SIGNS, 2))
    return None if brand == of.brand else beside(lot, of, of.but(brand=brand).name)


def foreign_seat(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    where = lot.choice(("香港", "北京", "亚太", "江苏"))
    if where == of.city:
        return None
    return beside(lot, of, of.but(bracketed=True, city=where).name, near=0)


TRAPS: tuple[Trap, ...] = (
    group_parent, bracketed_branch, software_park, schools, shop, code_twins, press,
    same_brand_no_region, two_signs_changed, foreign_seat,
)  # fmt: skip
