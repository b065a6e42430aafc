"""Signs that are taken for one another, by ear or by eye, and signs that never are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pypinyin import Style, pinyin

# Each group: signs that a hurried writer, a scanner or a wubi typist takes for one another.
_LOOKALIKE = (
    "未末本木 己已巳 士土 人入八 日曰目 大太犬 天夫无 干千于 晴睛 洒酒 拨拔 侯候 析折 免兔 "
    "鸟乌 辩辨辫 徽微 海诲悔 堤提 科料 技枝 限艰 公么 司同 达迏 华毕 伟炜玮纬 信倍 立丘 晶品 "
    "宁字 丰主 王玉 五王 田由甲申 白自百 力刀 刀刃 今令 兴六 元无 云去 仁仕 永水 冰水 未来 "
    "庄压 车东 贝见 风凤 凡几 门问 间问 开井 石右 古占 吉古 名各 合台 后后 向响 因困 回四 "
    "园圆 国围 士上 土上 宇字 安女 宏宠 实买 宝定 室宣 宫官 容客 富宝 寸才 小少 尤龙 尼泥 "
    "屯电 山出 川州 巨臣 巾币 平干 广厂 库车 应庆 庭廷 建健 弘引 张弛 强弹 当尚 形彤 德得 "
    "心必 忠患 怡恰 恒桓 恩思 悦锐 惠慧 成城 戈代 戊戌 拓折 持特 振震 捷健 擎警 攻玫 政改 "
    "敏繁 文父 斌武 料科 斯期 方万 施旋 旺望 昊吴 昌冒 明朋 易昜 昕听 星皇 映央 春舂 昱晃 "
    "晋普 晨晟 景影 智知 暖暧 朗郎 期朝 术木 朱未 杉彬 杰木 松枪 林材 果呆 柏伯 柯河 栋拣 "
    "样祥 根银 格络 桥侨 梁粱 梦楚 森林 楷揩 榕溶 欣新 歌哥 正止 毅段 民氏 汇江 汉汗 江红 "
    "池地 汽气 沃沂 沙纱 沪户 沿治 法去 波坡 泰秦 洋样 洛络 洪洪 润闰 浩皓 浦蒲 涛祷 淮准 "
    "深探 清请 源原 溢益 滨宾 漫慢 潮湖 澜阑 火灭 灵录 炎淡 烁砾 焦集 煌惶 熙煕 燕蒸 牛午 "
    "玖玫 环坏 玲铃 珀拍 珂坷 班斑 理埋 瑞端 瑶摇 璐潞 瓦互 生牛 电申 男勇 畅肠 盈盆 益盖 "
    "盛威 盟萌 直真 睿容 矢失 石后 研妍 硕颂 碧壁 磊垒 礼札 社杜 祺棋 禾木 秀季 科抖 程呈 "
    "空究 立位 竞竟 端瑞 竹什 笙苼 策荣 管菅 米来 粤奥 精情 素紊 紫柴 红江 纳钠 纵织 纽钮 "
    "线钱 绅坤 维准 绿录 网冈 罗岁 美关 羽习 翔翊 翰瀚 耀跃 聚取 联职 肖尚 育盲 胜脏 能态 "
    "腾滕 臻榛 航肮 舟丹 艺亿 芯心 苏办 若苦 英莫 茂芪 荣策 莱来 莹萤 菱凌 萃苹 蓝篮 蕴温 "
    "薇微 虹红 融触 行衍 衡街 裕格 西酉 观现 视祝 誉举 讯迅 设没 诚城 诺若 谊宜 豪毫 贤竖 "
    "贸货 资咨 赛寒 起超 跃妖 路洛 轩杆 轮伦 辉挥 辰晨 达迈 迅讯 运云 进近 远运 连莲 迪油 "
    "通诵 速束 逸免 道首 邦帮 郎朗 郡群 都部 酷醋 里重 重董 量童 金全 鑫森 钢刚 钧均 铁失 "
    "铭名 银根 锐悦 锋峰 锦绵 镁美 长张 闪闭 阳阴 阵陈 隆降 集焦 雄堆 雅稚 雨两 雪雷 零雾 "
    "需儒 霆廷 青责 靖静 韦书 韵的 顺须 颖颍 飞气 食良 馨磬 香杳 骏俊 高亭 魁魅 鸣鸟 鸿鸣 "
    "鹏鹅 麦表 黎梨 鼎晶 齐斋 龙尤 "
)

# Two signs of one group make two names, however near they look or sound.
_CONTRASTS = (
    "0123456789", "东南西北中", "上中下", "左右", "前后", "内外", "大中小", "新老旧",
    "甲乙丙丁戊己庚辛壬癸", "天地", "春夏秋冬", "男女", "父母子", "金木水火土",
    "红橙黄绿蓝紫黑白", "海陆空", "日月星", "高低", "长短", "阴阳", "山水", "总分", "正副",
    "公私", "首次末", "初高", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip

# Signs of grammar, which no name is made of: they stand there by mistake.
_GRAMMAR = frozenset("的了是在我你他她它们这那个就也很都把被吗呢着而且或但不没")

_NEAR_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NEAR_FINAL = re.compile("([aei])ng$")


def are_alike(one: str, other: str) -> bool:
    """Whether two signs are taken for one another by ear (输入法) or by eye.

    >>> are_alike("达", "搭"), are_alike("未", "末"), are_alike("达", "安")
    (True, True, False)
    """
    if one in _GRAMMAR or other in _GRAMMAR:
        return True
    return bool(_sounds(one) & _sounds(other)) or other in _lookalikes().get(one, "")


def are_contrasted(one: str, other: str) -> bool:
    """Whether two signs are opposites or members of one row: 东 and 西, 一 and 二, a and b."""
    return bool(_rows().get(one, frozenset()) & _rows().get(other, frozenset()))


@cache
def _lookalikes() -> dict[str, str]:
    found: dict[str, str] = {}
    for group in _LOOKALIKE.split():
        for sign in group:
            found[sign] = found.get(sign, "") + group.replace(sign, "")
    return found


@cache
def _rows() -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for row, signs in enumerate(_CONTRASTS):
        for sign in signs:
            found.setdefault(sign, set()).add(row)
    return {sign: frozenset(rows) for sign, rows in found.items()}


@lru_cache(maxsize=1 << 14)
def _sounds(sign: str) -> frozenset[str]:
    """Readings of a sign as a southern ear hears them: without zh/z, in/ing, n/l apart."""
    if not "\u4e00" <= sign <= "\u9fff":
        return frozenset()
    return frozenset(map(_near, pinyin(sign, style=Style.NORMAL, heteronym=True)[0]))


def _near(sound: str) -> str:
    for full, plain in _NEAR_INITIALS:
        if sound.startswith(full):
            sound = plain + sound[len(full) :]
    return _NEAR_FINAL.sub(r"\1n", sound)
