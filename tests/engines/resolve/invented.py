"""Invented organisations to make labelled pairs from; their words are not the engine's."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

import numpy as np

from chuangtu.engines.resolve.model import Name, NameKind, Party
from chuangtu.engines.sample.credit_codes import credit_codes

SIGNS = (
    "安奥邦宝博昌晨诚驰创达德鼎东帆方飞丰富高冠光广国海翰昊禾和恒弘宏华辉汇慧基吉济佳"
    "嘉坚建健江捷金锦晶精景巨君凯康科坤朗乐力立利联凌龙隆禄迈茂美民明铭能宁诺鹏普启千"
    "乔青清庆荣融瑞润森尚申深晟盛世舜硕思泰腾天通同拓万威维伟文沃锡翔祥晓新信鑫兴星旭"
    "轩雅阳耀宜亿易益逸银英盈永优友宇裕誉元源远越云运展兆振正之志智中众卓子紫蓝岚澜珩"
    "琛璞羲昀煜烁桓梓榆楷柏茗荟菡峤嵘巍沐泓洵淳溯潇铄锴镕翊翎骁骏麟霁特尔斯迪仑纳贝克"
    "曼罗伦赛雷奇默西"
)
_TRADES = (
    "科技 科技 科技 信息科技 信息技术 网络科技 智能科技 生物科技 生物医药 医疗科技 医疗器械 "
    "新材料 新能源科技 环保科技 软件 电子 电子科技 电气 自动化设备 自动化科技 机械 机械设备 "
    "精密机械 机电设备 仪器仪表 半导体 微电子 光电科技 集成电路 汽车零部件 模具 化工 涂料 "
    "钛白粉 塑料制品 橡胶 包装材料 食品 餐饮管理 文化传媒 广告 建筑工程 建筑装饰 工程技术 "
    "环境工程 实业 贸易 国际贸易 商贸 物流 供应链管理 企业管理 企业管理咨询 投资管理 商务咨询 "
    "教育科技 检测技术 航天技术 船舶设备 机器人 数据服务 滤清器 假肢矫形器 轴承 阀门 泵业 "
    "电缆 服饰 家具 健康管理 "
)
TRADES = tuple(_TRADES.split())
FORMS = ("有限公司",) * 86 + ("股份有限公司",) * 10 + ("集团有限公司",) * 4
CITIES = ["上海"] * 80 + [
    "苏州",
    "昆山",
    "杭州",
    "南京",
    "宁波",
    "无锡",
    "北京",
    "深圳",
    "广州",
    "武汉",
    "成都",
    "合肥",
]
OTHER_CITIES = [
    "苏州",
    "杭州",
    "南京",
    "宁波",
    "无锡",
    "北京",
    "深圳",
    "武汉",
    "成都",
    "合肥",
    "嘉兴",
    "常州",
]
TOWNS = [
    "莘庄镇",
    "七宝镇",
    "颛桥镇",
    "华漕镇",
    "虹桥镇",
    "梅陇镇",
    "吴泾镇",
    "马桥镇",
    "浦江镇",
    "江川路街道",
    "古美路街道",
]
ROADS = [
    "都市路",
    "沪闵路",
    "剑川路",
    "东川路",
    "申富路",
    "元江路",
    "顾戴路",
    "漕宝路",
    "联航路",
    "紫星路",
    "放鹤路",
    "银都路",
]
LATIN = [
    "ABB",
    "NOVA",
    "SINO",
    "ULTRA",
    "DELTA",
    "APEX",
    "KIRA",
    "ZETA",
    "OMNI",
    "VOLT",
    "AXON",
    "LUMA",
]


@dataclass(frozen=True)
class Organization:
    """One invented organisation, in the parts its names are made of."""

    serial: int
    code: str
    city: str
    brand: str
    trade: str
    form: str
    bracketed: bool
    address: str
    town: str

    @property
    def name(self) -> str:
        if self.bracketed:
            return f"{self.brand}{self.trade}（{self.city}）{self.form}"
        return f"{self.city}{self.brand}{self.trade}{self.form}"

    def but(self, **changes: object) -> Organization:
        return replace(self, **changes)  # type: ignore[arg-type]  # names are this class's own


def invent(count: int, seed: int) -> list[Organization]:
    """Organisations with unlike names: brand and trade together are used once."""
    lot = random.Random(seed)
    codes = credit_codes(np.arange(seed * 1_000_000, seed * 1_000_000 + 2 * count)).tolist()
    used: set[tuple[str, str]] = set()
    found: list[Organization] = []
    while len(found) < count:
        brand, trade = _brand(lot), lot.choice(TRADES)
        if (brand, trade) in used:
            continue
        used.add((brand, trade))
        serial = len(found)
        town = lot.choice(TOWNS)
        found.append(
            Organization(
                serial,
                codes[serial].decode(),
                lot.choice(CITIES),
                brand,
                trade,
                lot.choice(FORMS),
                lot.random() < 0.18,
                _address(lot, town),
                town,
            )
        )
    return found


def _brand(lot: random.Random) -> str:
    draw = lot.random()
    if draw < 0.04:
        return lot.choice(LATIN) + (lot.choice(SIGNS) if lot.random() < 0.5 else "")
    length = 2 if draw < 0.6 else 3 if draw < 0.88 else 4
    return "".join(lot.sample(SIGNS, length))


def _address(lot: random.Random, town: str) -> str:
    rest = lot.choice(("", "3幢", f"{lot.randint(1, 20)}幢{lot.randint(101, 999)}室", "B座"))
    return f"上海市闵行区{town}{lot.choice(ROADS)}{lot.randint(1, 2999)}号{rest}"


def spare_code(organization: Organization) -> str:
    """A valid code that no invented organisation of the same seed has."""
    return str(credit_codes(np.array([900_000_000 + organization.serial]))[0].decode())


def record(
    key: str,
    name: str,
    code: str = "",
    address: str = "",
    *,
    former: str = "",
    short: str = "",
) -> Party:
    """A record of a register or of a file."""
    names = [Name(name)]
    if former:
        names.append(Name(former, NameKind.FORMER))
    if short:
        names.append(Name(short, NameKind.SHORT))
    return Party(key, tuple(names), uscc=code, addresses=(address,) if address else ())
