"""Words that names, titles and addresses of invented records are put together from."""

from __future__ import annotations

from dataclasses import dataclass

EXAMPLE = "（示例）"
"""What ends the name of every invented organization and body, so that a name alone shows it."""


@dataclass(frozen=True, slots=True)
class Trade:
    """A branch of industry: GB/T 4754-2017 class, the word in names, what it makes, its share."""

    code: str
    word: str
    products: tuple[str, ...]
    field: str
    ipc: str
    share: float


def _trade(code: str, word: str, products: str, field: str, ipc: str, share: float) -> Trade:
    """A trade whose products are written in one text, separated by spaces."""
    return Trade(code, word, tuple(products.split()), field, ipc, share)


MANUFACTURING, AEROSPACE, IT = "advanced_manufacturing", "aerospace", "electronics_it"
MEDICINE, MATERIALS, ENERGY = "biomedicine", "new_materials", "energy"
ENVIRONMENT, SERVICES = "environment", "high_tech_services"

TRADES = (
    _trade("3491", "机器人", "焊接机器人 搬运机械臂 协作机器人 夹爪", MANUFACTURING, "B25J", 2.2),
    _trade("3421", "数控机床", "数控主轴 刀库 回转工作台 进给机构", MANUFACTURING, "B23Q", 1.6),
    _trade("3441", "泵业", "真空泵 计量泵 叶轮 密封组件", MANUFACTURING, "F04D", 1.2),
    _trade("3443", "阀门", "调节阀 球阀 阀芯 执行机构", MANUFACTURING, "F16K", 1.0),
    _trade("3444", "液压", "液压缸 比例阀 液压站 蓄能器", MANUFACTURING, "F15B", 1.0),
    _trade("3451", "轴承", "角接触轴承 轴承保持架 轴承座", MANUFACTURING, "F16C", 0.7),
    _trade("3525", "精密模具", "注塑模具 冲压模具 顶出机构", MANUFACTURING, "B29C", 1.8),
    _trade("3562", "半导体设备", "晶圆传输装置 刻蚀腔体 清洗机 光刻对准台", IT, "H01L", 1.6),
    _trade("3544", "制药设备", "冻干机 灌装线 反应釜 层析柱", MANUFACTURING, "A61J", 1.0),
    _trade("3581", "医疗设备", "监护仪 超声探头 输注泵 心电采集装置", MEDICINE, "A61B", 2.0),
    _trade("3584", "医疗器械", "介入导管 吻合器 骨科植入物 穿刺针", MEDICINE, "A61M", 2.0),
    _trade("3585", "康复器具", "康复训练机 外骨骼 助行器", MEDICINE, "A61H", 0.8),
    _trade("3591", "环保设备", "废气处理装置 污泥干化机 除尘器", ENVIRONMENT, "B01D", 1.6),
    _trade("3670", "汽车零部件", "电驱动桥 转向器 制动卡钳 座椅骨架", MANUFACTURING, "B60K", 2.2),
    _trade("3743", "航天装备", "太阳翼 贮箱 姿控组件 星载天线", AEROSPACE, "B64G", 0.8),
    _trade("3744", "航空电子", "飞行显示器 机载计算机 惯性导航组件", AEROSPACE, "B64D", 0.8),
    _trade("3819", "电机", "永磁电机 定子绕组 伺服电机", MANUFACTURING, "H02K", 1.2),
    _trade("3823", "配电开关", "断路器 环网柜 继电保护装置", ENERGY, "H02B", 1.4),
    _trade("3829", "智能电网", "储能变流器 电能质量装置 配网终端", ENERGY, "H02J", 1.3),
    _trade("3825", "光伏", "光伏组件 逆变器 跟踪支架", ENERGY, "H02S", 1.0),
    _trade("3841", "新能源电池", "电池管理系统 极片 电芯 隔膜", ENERGY, "H01M", 1.2),
    _trade("3831", "电缆", "高压电缆 阻燃护套 电缆接头", MATERIALS, "H01B", 0.9),
    _trade("3914", "工控系统", "可编程控制器 工业网关 人机界面", IT, "G05B", 1.4),
    _trade("3921", "通信设备", "光传输模块 基站天线 交换设备", IT, "H04B", 1.6),
    _trade("3973", "集成电路", "电源管理芯片 射频芯片 存储控制器", IT, "H01L", 1.4),
    _trade("3976", "光电子", "激光器 光探测器 光纤耦合器", IT, "G02B", 1.1),
    _trade("3983", "传感器", "压力传感器 力矩传感器 气体传感器", IT, "G01L", 1.5),
    _trade("4011", "自动化", "伺服驱动器 变频器 分拣系统 装配线", MANUFACTURING, "G05B", 3.0),
    _trade("4014", "分析仪器", "质谱仪 色谱柱 光谱检测装置", IT, "G01N", 1.3),
    _trade("2641", "涂料", "水性涂料 防腐涂层 导电油墨", MATERIALS, "C09D", 0.9),
    _trade("2651", "高分子材料", "改性塑料 特种树脂 弹性体", MATERIALS, "C08L", 1.4),
    _trade("3091", "碳材料", "石墨烯薄膜 碳纤维复合材料 导热垫片", MATERIALS, "C01B", 0.7),
    _trade("3360", "表面处理", "耐磨涂层 真空镀膜 热处理炉", MATERIALS, "C23C", 0.8),
    _trade("2720", "药业", "缓释片 注射液 口服制剂", MEDICINE, "A61K", 0.9),
    _trade("2761", "生物科技", "单克隆抗体 重组蛋白 检测试剂盒", MEDICINE, "C07K", 2.2),
    _trade("6513", "软件", "数据中台 排产系统 图像识别方法 知识图谱", IT, "G06F", 7.0),
    _trade("6520", "芯片设计", "低功耗芯片 模拟前端 验证平台", IT, "H03K", 1.2),
    _trade("6531", "信息系统", "园区管理系统 安防平台 运维系统", IT, "G06Q", 4.0),
    _trade("6532", "物联网", "物联网终端 边缘网关 定位标签", IT, "H04W", 2.5),
    _trade("6440", "信息安全", "加密模块 漏洞检测方法 身份认证系统", IT, "H04L", 1.2),
    _trade("6450", "大数据", "数据治理平台 推荐方法 时序预测方法", IT, "G06F", 2.0),
    _trade("6550", "云计算", "存储集群 容器调度方法 备份系统", IT, "G06F", 1.4),
    _trade("6572", "数字文化", "动画渲染方法 虚拟场景 互动终端", SERVICES, "G06T", 1.5),
    _trade("7320", "工程技术研究", "试验台 仿真方法 可靠性评估方法", SERVICES, "G01M", 3.0),
    _trade("7340", "医学研究", "动物模型 药物筛选方法 基因检测方法", MEDICINE, "C12Q", 1.8),
    _trade("7452", "检测技术", "无损检测装置 校准方法 采样器", SERVICES, "G01N", 1.6),
    _trade("7491", "工业设计", "结构件 人机交互面板 外壳", SERVICES, "B29L", 0.9),
    _trade("7513", "新材料科技", "气凝胶 合金粉末 膜材料", MATERIALS, "B22F", 2.0),
    _trade("7514", "节能科技", "余热回收装置 能耗监测系统 热泵", ENERGY, "F24D", 1.5),
    _trade("7516", "环境科技", "水质监测装置 土壤修复方法 膜生物反应器", ENVIRONMENT, "C02F", 1.8),
    _trade("7224", "供应链管理", "仓储系统 冷链箱 路径规划方法", SERVICES, "G06Q", 1.6),
    _trade("5179", "机电设备", "输送机 冷却机组 空压机", "other", "F04B", 6.0),
    _trade("5164", "材料贸易", "型材 板材 紧固件", "other", "C22C", 3.0),
    _trade("7241", "企业服务", "核算系统 流程管理方法", "other", "G06Q", 3.0),
)

# Names are three syllables long; 88 × 60 × 12 of them make 63 360, each used at most once.
FIRST = tuple(
    "安奥邦宝博晨诚驰创达鼎东帆飞丰孚光广海翰昊禾恒弘宏华汇慧济佳嘉坚建健江金锦晶景巨"
    "君凯康科坤朗乐励联凌龙隆禄迈明铭能宁诺鹏启千乔清荣融瑞润森尚申晟盛硕思泰天拓万维"
    "祥欣鑫旭轩雅亿宇"
)
SECOND = tuple(
    "蓝岚澜澄璟珩珞琛瑾璞舜尧羲昀晗曜煜烁焱桓梓棠榆楷柏芮茗荟菁菡岑峤嵘巍岱嵩汐沐泓洵"
    "淳渊湛溯潇濯钰铄铠锴镕翊翎翮骁骐骏麒麟霁"
)
THIRD = tuple("特尔斯科迪仑沃纳创源拓维")

FORMS = ("科技有限公司", "有限公司", "技术有限公司", "股份有限公司", "系统有限公司")
FORM_SHARES = (0.46, 0.26, 0.16, 0.06, 0.06)

SURNAMES = tuple("王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗")
GIVEN = (*"伟敏静磊洋勇艳杰娟涛明超霞平刚辉玲宁波鑫宇晨", "一鸣", "子涵", "思远")

TITLE_FORMS = (
    "一种{product}",
    "一种{product}及其制备方法",
    "一种{product}的控制方法",
    "{product}及其装配结构",
    "一种用于{other}的{product}",
    "{product}的检测装置及方法",
    "一种带有{other}的{product}",
    "基于{other}的{product}优化方法",
)

# Name, category, about what it costs (yuan), about what an hour costs (yuan).
INSTRUMENTS = (
    ("扫描电子显微镜", "analytical", 1_800_000, 400),
    ("透射电子显微镜", "analytical", 5_600_000, 800),
    ("X射线衍射仪", "analytical", 1_500_000, 300),
    ("气相色谱质谱联用仪", "analytical", 900000, 300),
    ("液相色谱仪", "analytical", 450000, 150),
    ("核磁共振波谱仪", "analytical", 4_200_000, 500),
    ("傅里叶红外光谱仪", "analytical", 380000, 120),
    ("电感耦合等离子体质谱仪", "analytical", 1_600_000, 400),
    ("激光共聚焦显微镜", "analytical", 1_900_000, 350),
    ("流式细胞仪", "medical", 1_200_000, 300),
    ("实时荧光定量PCR仪", "medical", 320000, 100),
    ("万能材料试验机", "physical_testing", 350000, 150),
    ("疲劳试验机", "physical_testing", 1_100_000, 260),
    ("热重分析仪", "physical_testing", 420000, 130),
    ("高低温湿热试验箱", "process", 180000, 60),
    ("振动试验台", "process", 760000, 200),
    ("三坐标测量机", "metrology", 880000, 200),
    ("激光干涉仪", "metrology", 540000, 180),
    ("频谱分析仪", "electronic_measurement", 480000, 120),
    ("矢量网络分析仪", "electronic_measurement", 950000, 220),
    ("示波器", "electronic_measurement", 160000, 50),
    ("电波暗室", "electronic_measurement", 6_800_000, 1200),
    ("工业CT", "special_inspection", 3_200_000, 700),
    ("超声探伤仪", "special_inspection", 140000, 60),
    ("飞秒激光器", "laser", 2_100_000, 450),
    ("高性能计算集群", "computing", 5_000_000, 600),
    ("3D打印机", "process", 1_300_000, 240),
    ("真空镀膜机", "process", 1_700_000, 320),
)
