"""Titles as a Chinese district has them, made by a seeded grammar: firms, patents, products.

Nothing here is copied from a register: brands are random characters, the rest are the everyday
words such titles are made of, each about as common as one would expect.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate


def _each(words: str) -> list[str]:
    return words.split()


PLACES = ["上海"] * 8 + _each("上海闵行 上海紫江 苏州 江苏 浙江 北京 深圳 中国")
BRAND = (
    "联影华虹微创科达恒瑞中芯信泰安盛源新明海天宏博智远创德康达鼎立瑞丰金龙东方百奥维普利"
    "合同润光大亚美诺森林雅思凯旋腾飞云图星河汇众启航乐享未来领先卓越杰昊辰晟煜睿铭锐拓"
    "晶诚毅峰岳岚霖沐澜泓溪浦江松竹兰芷蓝青紫红白黑玄黄赤橙绿翠碧银铁铜钢石玉珠宝翰墨文"
    "章书画琴棋诗礼乐射御数正大昌隆兴旺茂荣华贵福禄寿喜和顺平安泰祥吉庆嘉佳美善良仁义忠孝"
    "勤俭敏慧聪颖灵巧精细致密广阔深厚高升腾跃奔驰迅捷速达通畅行知道理真实诚信义薄韧弹性"
)
TRADES = _each(
    "科技 信息技术 生物科技 生物医药 医疗器械 新材料 新能源 智能科技 网络科技 电子科技 电子 "
    "机电设备 机械设备 自动化设备 机器人 集成电路 半导体 软件 数据科技 环保科技 环境工程 节能 "
    "建筑工程 装饰工程 文化传播 文化创意 企业管理 管理咨询 商务咨询 投资管理 实业 贸易 国际贸易 "
    "物流 供应链管理 航天科技 航空技术 汽车零部件 汽车技术 精密机械 模具 激光科技 光电科技 "
    "仪器仪表 检测技术 化工 化学 食品 农业科技 服饰 包装材料 印务 纳米技术 传感技术 物联网 "
    "云计算 人工智能 基因科技 诊断技术 制药 医药科技 健康管理 教育科技 体育文化 影视传媒 "
    "广告 设计 能源科技 电力设备 电气 照明 通信技术 通讯设备 卫星导航 海洋工程 船舶科技"
)
FORMS = _each(
    "有限公司 有限公司 有限公司 有限公司 有限公司 有限公司 有限公司 股份有限公司 "
    "有限责任公司 (上海)有限公司 发展有限公司 集团有限公司 中心(有限合伙) 研究院 分公司"
)
OBJECTS = _each(
    "锂离子电池 无人机 机械臂 传感器 摄像头 芯片 晶圆 薄膜 催化剂 抗体 疫苗 核酸 显微镜 光纤 "
    "激光器 阀门 轴承 齿轮箱 电动机 变频器 逆变器 充电桩 数控机床 注塑模具 热交换器 过滤器 污水 "
    "废气 土壤 混凝土 钢结构 幕墙 电梯 车门 座椅 轮胎 仪表盘 导航系统 图像 语音 文本 知识图谱 "
    "神经网络 数据库 区块链 支付终端 智能手表 心电图 血糖仪 支架 导管 骨科植入物 药物组合物"
)
ACTS = _each(
    "检测 识别 控制 制备 清洗 装配 焊接 切割 定位 监测 诊断 预测 调度 压缩 加密 回收 净化"
)
QUALITIES = _each("高精度 低功耗 可降解 多功能 自适应 分布式 便携式 耐高温 抗菌 一体化 新型 快速")
KINDS = _each("方法 装置 系统 方法及系统 装置及方法 设备 方法、装置及存储介质 结构 组件 工艺")


def _falling(count: int, power: float) -> list[float]:
    """Cumulative weights of things of which the first are much the most common."""
    return list(accumulate((each + 3) ** -power for each in range(count)))


def titles(count: int, seed: int = 310112) -> Iterator[str]:
    """Yield titles: 55 % firms, 30 % patents, 15 % products and projects."""
    chance = random.Random(seed)
    characters = list(dict.fromkeys(BRAND)) + [chr(0x4E00 + 5 * each) for each in range(2_500)]
    weights = {
        "brand": _falling(len(characters), 1.1),
        "trade": _falling(len(TRADES), 0.9),
        "object": _falling(len(OBJECTS), 0.7),
    }

    def brand() -> str:
        length = chance.choices((2, 3, 4), (6, 2, 2))[0]
        return "".join(chance.choices(characters, cum_weights=weights["brand"], k=length))

    def trade() -> str:
        return chance.choices(TRADES, cum_weights=weights["trade"])[0]

    def thing() -> str:
        return chance.choices(OBJECTS, cum_weights=weights["object"])[0]

    for _ in range(count):
        sort = chance.random()
        if sort < 0.55:
            yield chance.choice(PLACES) + brand() + trade() + chance.choice(FORMS)
        elif sort < 0.85:
            quality = chance.choice(QUALITIES) if chance.random() < 0.5 else ""
            act, kind = chance.choice(ACTS), chance.choice(KINDS)
            yield f"一种{quality}{thing()}{chance.choice(['的', '用', ''])}{thing()}{act}{kind}"
        elif sort < 0.92:
            yield f"{brand()}{chance.choice(QUALITIES)}{thing()}"
        else:
            latin = "".join(chance.choices("abcdefghijklmnoprstuvxyz", k=chance.randint(2, 6)))
            yield f"{latin.upper()}{chance.randint(1, 999)}{thing()}{chance.choice(ACTS)}平台"
