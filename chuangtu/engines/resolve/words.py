"""Words that organisations' names are made of: legal forms, trades, branches, notes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

_FEWEST_SIGNS = 4
LIMITED, JOINT_STOCK, COMPANY, PARTNERSHIP = "limited", "joint_stock", "company", "partnership"

COMPANIES = frozenset({LIMITED, JOINT_STOCK, COMPANY})
"""Forms one company may change between, or be written with by mistake."""

_COMPANY_FORMS = {
    "有限责任公司": LIMITED,
    "有限公司": LIMITED,
    "股份有限公司": JOINT_STOCK,
    "股份公司": JOINT_STOCK,
    "股份有限责任公司": JOINT_STOCK,
    "总公司": COMPANY,
    "公司": COMPANY,
    "合伙企业": PARTNERSHIP,
    # Cut off in the middle, or with a sign lost.
    "有限责任公": LIMITED,
    "有限责任": LIMITED,
    "有限责": LIMITED,
    "有限公": LIMITED,
    "有限司": LIMITED,
    "有公司": LIMITED,
    "限公司": LIMITED,
    "有限责公司": LIMITED,
    "有限任公司": LIMITED,
    "有责任公司": LIMITED,
    "限责任公司": LIMITED,
    "责任公司": LIMITED,
    "有限": LIMITED,
    "股份有限公": JOINT_STOCK,
    "股份有限": JOINT_STOCK,
    "股份有公司": JOINT_STOCK,
    "股份限公司": JOINT_STOCK,
    "股份有": JOINT_STOCK,
    "份有限公司": JOINT_STOCK,
    "股有限公司": JOINT_STOCK,
    "股份": JOINT_STOCK,
    "集团": COMPANY,
    "co": COMPANY,
    "ltd": LIMITED,
    "coltd": LIMITED,
    "inc": COMPANY,
}

_OTHER_FORMS = (
    "大学 学院 学校 小学 中学 幼儿园 研究院 研究所 研究中心 研究会 设计院 设计所 科学院 "
    "工程院 医院 门诊部 诊所 协会 学会 商会 联合会 联盟 促进会 基金会 委员会 管委会 事务所 "
    "实验室 检测站 服务站 工作站 图书馆 博物馆 科技馆 合作社 专业合作社 银行 信用社 出版社 "
    "报社 杂志社 工厂 总厂 厂 经营部 服务部 营业部 门市部 商行 商店 超市 酒店 饭店 餐厅 "
    "工作室 养殖场 农场 家庭农场 服务中心 技术中心 创新中心 促进中心 推广中心 检测中心 "
    "管理中心 咨询中心 工程中心 中心 人民政府 办公室 总局 分局 局 俱乐部 研修院 党校 "
    "职业技术学院 附属医院 孵化器 众创空间 创业园 科技园 产业园 园区 "
)

BRANCH_ENDINGS = (
    "分公司", "支公司", "分店", "分院", "分部", "分校", "分行", "支行", "分所", "分中心",
    "分社", "办事处", "代表处", "营业部", "门店", "项目部", "校区", "院区", "经营部", "分厂",
    "营业厅", "服务部",
)  # fmt: skip

HEAD_OFFICES = frozenset({"总部", "本部", "总公司", "公司总部", "集团总部", "行政部", "公章"})
"""What is written behind a name and still means the whole."""

_NOTES = (
    "示例 筹 筹建 筹建中 已注销 注销 吊销 已吊销 存续 在业 在营 停业 迁出 已迁出 迁入 总部 "
    "本部 母公司 民营 国有 外资 合资 中外合资 外商独资 独资 自然人独资 自然人投资或控股 "
    "法人独资 一人有限责任公司 高新技术企业 上市 上市公司 新三板 盖章 公章 测试 牵头 牵头单位 "
    "联合 参与 承担单位 依托单位 申报单位 小微 重复 "
)
NOTES = frozenset(_NOTES.split())
"""What brackets say of the record, not of the name."""

FORMER_MARKS = (
    "原名称", "原名", "曾用名称", "曾用名", "曾用", "曾名", "旧名", "前身为", "前身是", "前身",
    "更名前", "变更前", "原为", "原",
)  # fmt: skip

FORM_NOTES = frozenset(
    {"有限责任", "有限", "股份有限", "股份", "股份制", "有限责任公司", "有限公司"}
)
"""Legal forms written behind the name: 一达软件公司（有限责任）."""

PARTNERSHIP_NOTES = frozenset({"有限合伙", "普通合伙", "特殊普通合伙"})

_TRADES = (
    "科技 技术 高科 高新技术 高新 科学 科创 信息 信息化 网络 软件 电子 电气 电器 电力 电机 "
    "电源 电缆 电线 电池 电路 电工 电讯 电信 通信 通讯 数码 数字 数据 数智 智能 智慧 智造 "
    "智控 大数据 云计算 物联网 互联网 区块链 人工智能 计算机 电脑 集成电路 半导体 芯片 微电子 "
    "光电 光电子 光学 光伏 光纤 激光 传感 传感器 仪器 仪表 分析仪器 测控 测量 测试 检测 检验 "
    "检疫 计量 认证 监测 安全 安防 安保 消防 生物 生物医药 医药 医疗 医疗器械 医学 医用 药业 "
    "制药 药品 药物 中药 生化 生命 基因 健康 诊断 康复 养老 护理 器械 器具 美容 化妆品 日化 "
    "日用品 百货 化工 化学 精细化工 石化 石油 材料 新材料 复合材料 高分子 高分子材料 塑料 "
    "塑胶 塑业 橡胶 橡塑 纳米 涂料 油墨 胶粘剂 碳材料 石墨烯 陶瓷 玻璃 金属 金属制品 钢铁 "
    "钢结构 不锈钢 有色金属 铝业 铜业 冶金 铸造 锻造 模具 精密模具 精密 精密机械 机械 "
    "机械设备 机电 机电设备 机床 数控 数控机床 机器人 自动化 工控 控制 控制系统 系统 系统集成 "
    "集成 设备 装备 装置 仪器设备 泵业 水泵 阀门 液压 气动 轴承 齿轮 传动 紧固件 五金 工具 "
    "量具 刀具 汽车 汽车零部件 零部件 配件 汽配 车辆 摩托车 船舶 海洋 航空 航天 航运 航空航天 "
    "轨道交通 交通 铁路 物流 运输 货运 货物运输 快递 仓储 供应链 供应链管理 国际货运代理 "
    "货运代理 报关 贸易 国际贸易 进出口 商贸 经贸 工贸 科贸 商业 商务 实业 产业 工业 企业 "
    "企业管理 企业服务 企业发展 管理 管理咨询 咨询 信息咨询 商务咨询 投资 投资管理 投资咨询 "
    "资产 资产管理 资本 股权投资 股权投资基金 基金 创业投资 创业 金融 金融信息服务 财务 "
    "财务咨询 财税 保险 保险经纪 担保 融资 融资租赁 租赁 设备租赁 典当 拍卖 控股 发展 开发 "
    "建设 建筑 建材 建筑工程 建筑装饰 装饰 装潢 装修 设计 工程 工程技术 工程设计 工程建设 "
    "市政 市政工程 园林 园艺 绿化 景观 环境 环保 环境科技 环保设备 环境工程 生态 节能 "
    "节能环保 新能源 能源 动力 电动 储能 充电 太阳能 风电 核电 燃气 热能 热力 水务 水处理 "
    "净化 空调 制冷 暖通 照明 灯具 家具 家居 家电 厨具 卫浴 门窗 幕墙 木业 纸业 包装 包装材料 "
    "印刷 印务 纺织 纺织品 服装 服饰 服饰用品 鞋业 皮革 针织 织造 印染 面料 食品 饮料 酒业 "
    "茶业 餐饮 餐饮管理 餐饮服务 酒店管理 农业 农产品 农业科技 畜牧 水产 种业 种子 饲料 粮油 "
    "花卉 园区管理 房地产 房地产开发 置业 地产 物业 物业管理 物业服务 酒店 旅游 旅行社 会展 "
    "展览 展示 会务 广告 传媒 文化 文化传播 文化传媒 文化艺术 艺术 影视 影视文化 动漫 游戏 "
    "体育 体育用品 健身 教育 教育科技 教育培训 培训 人才 人力资源 劳务 劳务派遣 人才服务 家政 "
    "服务 技术服务 技术咨询 技术开发 技术转让 知识产权 知识产权代理 专利 专利代理 商标 法律 "
    "律师 会计师 税务师 评估 造价 招标 招标代理 监理 勘察 测绘 地理信息 遥感 导航 雷达 无人机 "
    "卫星 时空 空间 孵化 孵化器管理 众创 创新 创意 研发 研究 实验 试验 转化 成果转化 国际 "
    "全球 环球 电商 电子商务 电子科技 信息科技 信息技术 网络科技 网络技术 信息系统 信息安全 "
    "智能科技 智能系统 智能装备 智能制造 生物科技 生物技术 医疗科技 医药科技 新能源科技 "
    "汽车科技 汽车销售 汽车服务 销售 营销 零售 批发 采购 制造 制品 加工 生产 维修 安装 改造 "
    "再生资源 资源 矿业 珠宝 首饰 钟表 眼镜 玩具 文具 乐器 办公用品 办公设备 打印 三维 3d "
    "图文 摄影 婚庆 宠物 母婴 婴童 美术 科普 出版 发行 图书 音像 通用 专用 特种 表面处理 "
    "热处理 焊接 切割 喷涂 电镀 真空 低温 超导 磁电 磁材 稀土 量子 芯片设计 工业设计 "
    "工业互联网 元宇宙 虚拟现实 制药设备 医疗设备 半导体设备 通信设备 航空电子 航天装备 "
    "智能电网 配电 配电开关 开关 变压器 新能源电池 康复器具 钢管 管业 管道 管件 管材 螺丝 "
    "标准件 弹簧 链条 焊材 起重 起重机 电梯 锅炉 压力容器 压缩机 风机 过滤 过滤器 滤清器 密封 "
    "密封件 减速机 电控 电瓷 磨具 磨料 线缆 灯饰 饰品 箱包 洁具 家纺 制衣 羽绒 皮具 雨具 乳业 "
    "肉业 粮食 蔬菜 果业 果蔬 苗木 养殖 渔业 林业 林产 烟草 糖业 盐业 调味品 保健品 营养 "
    "生物制品 疫苗 试剂 耗材 口腔 眼科 骨科 中医 中医药 大药房 药房 大健康 体检 信托 证券 "
    "期货 银行 征信 支付 数字科技 金融科技 信息产业 软件开发 软件技术 网络信息 通信技术 "
    "电子技术 光电科技 半导体科技 微电子技术 自动化设备 自动化科技 机器人科技 机械制造 "
    "精密制造 重工 轻工 重型 装备制造 工业科技 工业设备 工业自动化 石材 矿山 煤炭 沥青 混凝土 "
    "水泥 防水 保温 涂装 粉末 颜料 染料 香精 香料 洗涤 洗涤用品 清洁 环卫 保洁 搬家 船务 "
    "船舶设备 船舶工程 游艇 港务 港口 码头 机场 民航 客运 公交 出租汽车 停车 汽修 轮胎 润滑油 "
    "油品 加油 科学仪器 实验设备 检测设备 医学检验 医学科技 健康科技 健康管理 养老服务 "
    "家庭服务 社区服务 商业管理 酒店用品 品牌管理 营销策划 市场营销 企业营销策划 公关 策划 "
    "创意设计 建筑设计 建筑科技 室内设计 景观设计 环境艺术 泛娱乐 数字文化 检测技术 节能科技 "
    "新材料科技 医学研究 工程技术研究 材料贸易 "
)


@cache
def forms() -> dict[str, str]:
    """Each way a legal form ends a name, slips of the pen included → the form it stands for."""
    slipped = {
        slip: form
        for whole, form in _COMPANY_FORMS.items()
        if len(whole) >= _FEWEST_SIGNS and whole.endswith("公司")
        for slip in _slips(whole)
    }
    return {**slipped, **{each: each for each in _OTHER_FORMS.split()}, **_COMPANY_FORMS}


def _slips(whole: str) -> Iterator[str]:
    """A form with one sign doubled, and with two changed round."""
    for at in range(len(whole)):
        yield whole[: at + 1] + whole[at:]
    for at in range(len(whole) - 1):
        yield whole[:at] + whole[at + 1] + whole[at] + whole[at + 2 :]


@cache
def trades() -> frozenset[str]:
    """Words for what an organisation does."""
    return frozenset(_TRADES.split())


@cache
def trade_signs() -> frozenset[str]:
    """Signs that stand in any word for what an organisation does."""
    return frozenset("".join(trades()))
