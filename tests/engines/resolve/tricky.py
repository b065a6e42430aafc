"""Hand-made pairs that are easy to get wrong; every name is invented.

One pair a line: what two officers would say (same, different, or doubtful: they would look it
up), then the two records. Behind a name: `@` an address, `#` a credit code, `<` a former name,
`~` a short name, `&` an English name, `^` a region code.
"""

from __future__ import annotations

from chuangtu.engines.resolve.model import Name, NameKind, Party

_MARKS = {"<": NameKind.FORMER, "~": NameKind.SHORT, "&": NameKind.ENGLISH}

PAIRS = """\
# written differently
same: 上海一达科技有限公司 | 上海市一达科技有限公司
same: 上海一达科技有限公司 | 上海 一达 科技 有限公司
same: 上海一达科技有限公司 | 上海一达科技有限责任公司
same: 上海一达科技有限公司 | 上海壹達科技有限公司
same: 上海一达科技有限公司 | 上海1达科技有限公司
same: 上海一达科技有限公司 | （上海）一达科技有限公司
same: 上海一达科技有限公司 | 一达科技（上海）有限公司
same: 一达（上海）科技有限公司 | 一达科技(上海)有限公司
same: 一达【上海】科技有限公司 | 一达（上海市）科技有限公司
same: 上海ＡＢＣ电子有限公司 | 上海abc电子有限公司
same: 上海“云杉”软件有限公司 | 上海云杉软件有限公司
same: 上海云·杉软件有限公司 | 上海云杉软件有限公司
same: 上海雲杉軟件有限公司 | 上海云杉软件有限公司
same: 上海鑫匯機電設備有限公司 | 上海鑫汇机电设备有限公司
same: 上海云杉软件有限公司。 | 上海云杉软件有限公司
same: 上海云杉软件有限公司\u3000 | 上海\u200b云杉软件有限公司
same: 上海云杉软件有限公司（示例） | 上海云杉软件有限公司
same: 上海云杉软件有限公司（已注销） | 上海云杉软件有限公司
same: 上海云杉软件有限公司（筹） | 上海云杉软件有限公司
same: 江苏省云杉软件有限公司 | 江苏云杉软件有限公司
same: 昆山市云杉软件有限公司 | 昆山云杉软件有限公司
same: 上海第十二机械研究所 | 上海第12机械研究所
same: 上海云杉软件有限公司总部 | 上海云杉软件有限公司
same: 上海云杉（集团）有限公司 | 上海云杉集团有限公司
same: 上海云杉（集团）股份有限公司 | 上海云杉集团股份公司
same: 西门云（中国）有限公司 | 西门云中国有限公司
same: 上海云杉企业管理合伙企业（有限合伙） | 上海云杉企业管理合伙企业
same: 上海云杉投资管理中心（有限合伙） | 上海云杉投资管理中心(有限合伙)
same: 上海云杉律师事务所 | 上海市云杉律师事务所
same: 上海市闵行区云杉幼儿园 | 闵行区云杉幼儿园
same: 上海市闵行区图书馆 | 闵行区图书馆
same: 苏州市吴中区云杉电子厂 | 苏州吴中区云杉电子厂
# legal form changed or cut
same: 上海云杉软件有限公司 | 上海云杉软件股份有限公司
same: 上海云杉软件有限公司 | 上海云杉软件公司
same: 上海云杉软件有限公司 | 上海云杉软件
same: 上海云杉软件有限公司 | 上海云杉软件有限
same: 上海云杉软件有限公司 | 上海云杉软件有限公
same: 上海云杉软件有限公司 | 上海云杉软件有限公词
same: 上海云杉软件有限公司 | 上海云杉软件限公司
same: 上海云杉软件股份有限公司 | 上海云杉软件股份
same: 上海云杉软件有限公司 | 上海云杉软件…
doubtful: 上海云杉软件科技有限公司 | 上海云杉软件科
doubtful: 上海云杉软件有限公司 | 云杉
doubtful: 上海云杉软件有限公司 | 上海云杉
same: 上海云杉软件有限公司@都市路100号 | 云杉@闵行区都市路一百号
# region left out
same: 上海云杉软件有限公司 | 云杉软件有限公司
same: 上海云杉软件有限公司 | 云杉软件
same: 云杉软件（上海）有限公司 | 云杉软件有限公司
same: 上海市闵行区云杉软件有限公司 | 上海云杉软件有限公司
doubtful: 上海闵行云杉软件有限公司 | 上海云杉软件有限公司
doubtful: 上海云杉软件有限公司 | 云杉软件股份有限公司
doubtful: 苏州云杉软件有限公司 | 云杉软件有限公司^310112
doubtful: 江苏云杉软件有限公司 | 南京云杉软件有限公司
same: 上海东方云杉软件有限公司 | 东方云杉软件有限公司
same: 上海长宁云杉科技有限公司 | 上海长宁区云杉科技有限公司
# one slip
same: 上诲云杉软件有限公司 | 上海云杉软件有限公司
same: 上海云杉软伴有限公司 | 上海云杉软件有限公司
same: 上海云杉生物科枝有限公司 | 上海云杉生物科技有限公司
same: 上海云杉生物科技技有限公司 | 上海云杉生物科技有限公司
doubtful: 上海科达云杉软件有限公司 | 上海科达芸杉软件有限公司
doubtful: 上海云杉软件有限公司 | 上海云山软件有限公司
same: 上海云杉软件有限公司@都市路100号 | 上海云山软件有限公司@都市路100号3幢
doubtful: 上海鑫源机械有限公司 | 上海新源机械有限公司
doubtful: 上海鑫源机械有限公司 | 上海欣源机械有限公司
doubtful: 上海晨蓝特机器人有限公司@光华路5号 | 上海晨蓝佳机器人有限公司@光华路5号
doubtful: 上海晨蓝特机器人有限公司 | 上海蓝晨特机器人有限公司
same: 上海科达泽贝软件有限公司 | 上海科达择贝软件有限公司
same: 3、上海云杉软件有限公司 | 上海云杉软件有限公司
same: （12）云杉软件（上海）有限公司 | 上海云杉软件有限公司
same: 上海云杉软件有限司公 | 上海云杉软件有限公司司
# other organisations
different: 上海一达科技有限公司 | 上海二达科技有限公司
different: 上海一达科技有限公司@都市路100号 | 上海二达科技有限公司@都市路100号
different: 上海东方仪器有限公司 | 上海南方仪器有限公司
different: 上海华东泵业有限公司 | 上海华南泵业有限公司
different: 上海大元模具有限公司 | 上海小元模具有限公司
different: 上海云杉软件有限公司 | 上海云松软件有限公司
different: 上海云杉A软件有限公司 | 上海云杉B软件有限公司
different: 上海云杉一号股权投资合伙企业（有限合伙） | 上海云杉二号股权投资合伙企业（有限合伙）
different: 上海云杉软件有限公司 | 苏州云杉软件有限公司
different: 上海云杉软件有限公司 | 云杉软件（苏州）有限公司
different: 云杉软件（上海）有限公司 | 云杉软件（中国）有限公司
different: 上海云杉（苏州）软件有限公司 | 上海云杉软件有限公司
different: 浦东新区图书馆 | 闵行区图书馆
different: 上海云杉软件有限公司 | 上海云杉软件有限公司苏州分公司
different: 上海云杉软件有限公司苏州分公司 | 上海云杉软件有限公司南京分公司
same: 上海云杉软件有限公司苏州分公司 | 上海云杉软件有限责任公司苏州市分公司
different: 上海云杉软件有限公司第一分公司 | 上海云杉软件有限公司第二分公司
same: 上海云杉软件有限公司第一分公司 | 上海云杉软件有限公司第1分公司
different: 上海云杉软件有限公司 | 上海云杉软件有限公司闵行办事处
different: 上海云杉软件有限公司 | 上海云杉软件有限公司北京代表处
different: 云海电信有限公司 | 云海电信上海分公司
different: 上海云海大学 | 上海云海大学医学院
different: 上海云海大学 | 上海云海大学附属第一医院
different: 上海云海大学附属第一医院 | 上海云海大学附属第二医院
different: 上海云海大学 | 上海云海大学科技园有限公司
different: 上海云杉科技有限公司 | 上海云杉信息科技有限公司
different: 上海云杉科技有限公司 | 上海云杉技术有限公司
different: 上海云杉科技有限公司 | 上海云杉贸易有限公司
different: 上海云杉科技有限公司 | 上海云杉有限公司
different: 上海云杉电子有限公司 | 上海云杉电气有限公司
different: 上海云杉电子有限公司 | 上海云杉光电子有限公司
different: 上海云杉医疗器械有限公司 | 上海云杉医疗科技有限公司
different: 上海云杉机械有限公司 | 上海云杉机械设备有限公司
different: 上海云杉环境工程有限公司 | 上海云杉环境科技有限公司
different: 上海云杉投资有限公司 | 上海云杉投资合伙企业（有限合伙）
different: 上海云杉科技有限公司@都市路100号 | 上海云杉贸易有限公司@都市路100号
different: 上海云杉科技有限公司~云杉@都市路100号 | 上海云杉贸易有限公司~云杉@都市路100号
doubtful: 上海云杉科技有限公司 | 上海云杉科技集团有限公司
different: 上海云杉科技有限公司 | 上海云杉控股集团有限公司
different: 上海云杉电子厂 | 上海云杉电子有限公司
different: 上海云杉设计院 | 上海云杉设计研究所
different: 上海云杉研究院 | 上海云杉研究院有限公司
different: 上海云杉协会 | 上海云杉学会
different: 上海云杉康华软件有限公司 | 上海云杉软件有限公司
different: 上海新云杉软件有限公司 | 上海云杉软件有限公司
different: 上海宝云钢管有限公司 | 上海云宝钢管有限公司
different: 上海市第一中学 | 上海市第二中学
different: 上海莘庄云杉幼儿园 | 上海浦江云杉幼儿园
different: 上海云杉软件有限公司 | 上海晨泰模具有限公司
different: 上海云杉软件有限公司@莘庄镇都市路100号 | 上海晨泰模具有限公司@莘庄镇都市路100号
different: 上海云杉1号股权投资合伙企业（有限合伙） | 上海云杉11号股权投资合伙企业（有限合伙）
different: 上海云杉十二号股权投资合伙企业 | 上海云杉二十一号股权投资合伙企业
doubtful: 海康科技有限公司 | 上海康科技有限公司
different: 上海云杉软件有限公司研发一部 | 上海云杉软件有限公司研发二部
doubtful: 上海市云杉商会 | 上海市闵行区云杉商会
different: 上海云杉新材料有限公司 | 上海云杉材料有限公司
different: 上海云裕嘉新材料有限公司 | 上海云裕创新材料有限公司
doubtful: 上海云杉软件有限公司（一厂区） | 上海云杉软件有限公司（二厂区）
different: 上海云杉食品厂 | 上海云杉食品二厂
different: 上海云杉软件有限公司@都市路100号 | 上海云杉二软件有限公司@都市路100号
different: 上海云杉会计师事务所（特殊普通合伙）江苏分所 | 上海云杉会计师事务所（特殊普通合伙）
different: 云杉投资（中国）有限公司 | 云杉（中国）投资管理有限公司
same: 云杉投资（中国）有限公司 | 云杉（中国）投资有限公司
same: Ａ.Ｏ.云杉（中国）有限公司 | AO云杉(中国)有限公司
different: 上海云杉科技发展基金会 | 上海云杉科技发展有限公司
different: 长三角云杉研究院 | 上海云杉研究院
same: 上海云杉（集团）总公司 | 上海云杉集团公司
same: 上海市闵行区科学技术委员会 | 闵行区科学技术委员会
different: 上海市闵行区科学技术委员会 | 上海市徐汇区科学技术委员会
different: 上海云杉生物医药科技有限公司 | 上海云杉生物科技有限公司
different: 上海云杉律师事务所 | 上海云杉会计师事务所
different: 上海一钢云杉有限公司 | 上海三钢云杉有限公司
# codes
same: 上海云杉软件有限公司#91990112000000000N | 晨泰模具有限公司#91990112000000000N
same: 云杉软件#９１９９０１１２-０００００００００Ｎ | 云杉软件#91990112000000000N
different: 上海云杉软件有限公司#91990112000000000N | 上海云杉软件有限公司#919901124827104341
same: 上海云杉软件有限公司#91990112000000000N | 上海云杉软件有限责任公司
different: 上海云杉软件有限公司#91990112000000000N | 上海晨泰模具有限公司
same: 上海云山软件有限公司#919901124827104341 | 上海云杉软件有限公司#919901124827104241
doubtful: 上海晨泰模具有限公司#919901124827104341 | 上海云杉软件有限公司#919901124827104241
doubtful: 云杉软件公司#919901124827104341 | 云杉软件公司苏州分公司#919901124827104341
same: 上海云杉软件有限公司#482710434 | 云杉股份有限公司#919901124827104341
doubtful: 晨泰模具公司<云杉软件公司#91990112000000000N | 云杉软件公司#919901124827104341
same: 上海云杉软件有限公司#000000000000000000 | 上海市云杉软件有限公司#000000000000000000
different: 上海晨泰模具有限公司#000000000000000000 | 上海云杉软件有限公司#000000000000000000
# history, short and English names
same: 上海晨泰模具有限公司<上海云杉软件有限公司 | 上海云杉软件有限公司
same: 上海晨泰模具有限公司（原上海云杉软件有限公司） | 上海市云杉软件有限公司
same: 上海晨泰模具有限公司（曾用名：上海云杉软件有限公司） | 上海云杉软件有限责任公司
same: 上海云杉信息科技有限公司<上海云杉科技有限公司 | 上海云杉科技有限公司
different: 上海晨泰模具有限公司<上海云杉软件有限公司 | 上海云杉软件有限公司苏州分公司
different: 上海晨泰模具有限公司<上海云杉软件有限公司 | 上海云松软件有限公司
doubtful: 上海晨泰模具有限公司<上海云杉软件有限公司 | 上海昊元光学有限公司<上海云杉软件有限公司
same: 上海云杉软件有限公司~杉数智造 | 杉数智造
doubtful: 上海云杉软件有限公司~杉数 | 杉数
same: 上海云杉软件有限公司&Shanghai Yunshan Software Co., Ltd. | SHANGHAI YUNSHAN SOFTWARE CO LTD
doubtful: 上海云杉软件有限公司 | Shanghai Yunshan Software Co., Ltd.
same: Yunshan Software (Shanghai) Co., Ltd. | YUNSHAN SOFTWARE SHANGHAI LIMITED
different: Shanghai Yunshan Software Co., Ltd. | Shanghai Chentai Moulds Co., Ltd.
different: 上海云杉软件有限公司 | Shanghai Chentai Moulds Co., Ltd.
same: 上海云杉软件有限公司@浦东新区世纪大道1号 | 上海云杉软件有限公司@闵行区都市路100号
doubtful: 云杉软件有限公司^310112 | 云杉软件有限公司^320583
""".replace("\\u3000", "\u3000").replace("\\u200b", "\u200b")


def tricky_pairs() -> list[tuple[str, Party, Party, str]]:
    """Answer, the two parties, and the line they stand on."""
    found = []
    for line in PAIRS.splitlines():
        if not line or line.startswith("#"):
            continue
        answer, _, records = line.partition(": ")
        one, other = records.split(" | ")
        found.append((answer, _party("1", one), _party("2", other), line))
    return found


def _party(key: str, record: str) -> Party:
    texts: dict[str, list[str]] = {}
    mark = ""
    for sign in record:
        if sign in "@#<~&^":
            mark = sign
            texts.setdefault(mark, []).append("")
        else:
            texts.setdefault(mark, [""])[-1] += sign
    names = [Name(each) for each in texts[""]]
    names += [Name(each, kind) for mark, kind in _MARKS.items() for each in texts.get(mark, ())]
    return Party(
        key,
        tuple(names),
        uscc="".join(texts.get("#", ())),
        regions=tuple(texts.get("^", ())),
        addresses=tuple(texts.get("@", ())),
    )
