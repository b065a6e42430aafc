"""Rough ones: signs mangled anywhere in a name, and traps that sound or look alike.

Four of the fourteen ways wreck a sign without a reason to expect it, so recall is lower here.
"""

from __future__ import annotations

import random

from chuangtu.engines.resolve.model import Party
from tests.engines.resolve.corruptions import Trap, Way, beside, record
from tests.engines.resolve.invented import SIGNS, Organization, spare_code

_FREQUENT = (
    "的是不了在有人我他这个们中来为大和地到说时要就出会也你对生能而子那得于着下自之年过后作里"
)
_SCANNED = dict(zip("限公司海设备科子", "跟么同梅没各料于", strict=True))
_HOMOPHONES = (("鑫", "新"), ("华", "桦"), ("瑞", "锐"), ("盛", "晟"), ("宏", "鸿"), ("伟", "炜"))


def any_sign(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(len(of.name))
    return of.name[:at] + lot.choice(_FREQUENT) + of.name[at + 1 :]


def doubled(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(len(of.name))
    return of.name[:at] + of.name[at] + of.name[at:]


def lost(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(len(of.name))
    return of.name[:at] + of.name[at + 1 :]


def swapped(lot: random.Random, of: Organization) -> str | None:
    at = lot.randrange(len(of.name) - 1)
    return of.name[:at] + of.name[at + 1] + of.name[at] + of.name[at + 2 :]


def scanned(lot: random.Random, of: Organization) -> str | None:
    found = [sign for sign in of.name if sign in _SCANNED]
    sign = lot.choice(found) if found else ""
    return of.name.replace(sign, _SCANNED[sign], 1) if sign else None


def dotted(lot: random.Random, of: Organization) -> str | None:
    return f"{of.city}“{of.brand}”·{of.trade}{of.form}."


def listed(lot: random.Random, of: Organization) -> str | None:
    return f"{lot.randint(1, 99)}、{of.name}"


def with_province(lot: random.Random, of: Organization) -> str | None:
    provinces = {"苏州": "江苏省", "杭州": "浙江省", "武汉": "湖北省", "成都": "四川省"}
    if of.bracketed or of.city not in provinces:
        return None
    return f"{provinces[of.city]}{of.city}市{of.brand}{of.trade}{of.form}"


def noted_twice(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}（牵头单位）【盖章】"


def formerly(lot: random.Random, of: Organization) -> str | None:
    return f"{''.join(lot.sample(SIGNS, 2))}科技有限公司（原：{of.name}）"


def shouted(lot: random.Random, of: Organization) -> str | None:
    return of.name.lower() if of.name.lower() != of.name else None


def bare_company(lot: random.Random, of: Organization) -> str | None:
    return of.but(form="公司").name if of.form == "有限公司" else None


def headquarters(lot: random.Random, of: Organization) -> str | None:
    return f"{of.name}{lot.choice(('总部', '（总部）', '（本部）'))}"


def two_slips(lot: random.Random, of: Organization) -> str | None:
    return f"{of.city}市 {of.brand}{of.trade}（有限公司）" if of.form == "有限公司" else None


WAYS: tuple[Way, ...] = (
    any_sign, doubled, lost, swapped, scanned, dotted, listed, with_province, noted_twice,
    formerly,
    shouted, bare_company, headquarters, two_slips,
)  # fmt: skip


def two_branches(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.sample(["苏州", "南京", "闵行", "第一", "第二", "张江"], 2)
    return (
        record("1", f"{of.name}{one}分公司", "", of.address),
        record("2", f"{of.name}{other}分公司", "", of.address if lot.random() < 0.3 else ""),
    )


def sounding_sister(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.choice(_HOMOPHONES)
    last = lot.choice([each for each in SIGNS if each not in one + other])
    return beside(lot, of.but(brand=one + last), of.but(brand=other + last).name, near=0)


def parent(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    if of.form != "有限公司":
        return None
    return beside(lot, of, f"{of.brand}{of.trade}股份有限公司", near=0)


def swapped_brand(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    if len(of.brand) != 2 or of.brand[0] == of.brand[1]:
        return None
    return beside(lot, of, of.but(brand=of.brand[::-1]).name, near=0)


def numbered_funds(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    one, other = lot.sample(["一期", "二期", "三期", "壹号", "贰号", "3号"], 2)
    form = "股权投资合伙企业（有限合伙）"
    return (
        record("1", f"{of.city}{of.brand}{one}{form}", "", of.address),
        record("2", f"{of.city}{of.brand}{other}{form}", "", of.address),
    )


def seated_sister(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    where = lot.choice(("中国", "苏州", "天津", "亚洲"))
    if where == of.city:
        return None
    here = of.but(bracketed=True)
    return beside(lot, here, here.but(city=where).name, near=0)


def holding(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    if "集团" in of.form:
        return None
    return beside(lot, of, f"{of.city}{of.brand}控股集团有限公司")


def renamed_branch(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return (
        record("1", f"{of.city}昂扬科技有限公司", spare_code(of), of.address, former=of.name),
        record("2", f"{of.name}南京分公司", "", of.address),
    )


def works(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    form = lot.choice(("厂", "经营部", "研究所", "商行"))
    return beside(lot, of, f"{of.city}{of.brand}{of.trade}{form}")


def longer_brand(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    return beside(lot, of, of.but(brand=of.brand + "".join(lot.sample(SIGNS, 2))).name)


def one_more_sign(lot: random.Random, of: Organization) -> tuple[Party, Party] | None:
    sign = lot.choice("新大中")
    return None if of.brand[0] == sign else beside(lot, of, of.but(brand=sign + of.brand).name)


TRAPS: tuple[Trap, ...] = (
    two_branches, sounding_sister, parent, swapped_brand, numbered_funds, seated_sister, holding,
    renamed_branch, works, longer_brand, one_more_sign,
)  # fmt: skip
