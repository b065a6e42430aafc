"""Fields that every record has, whatever its kind."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType
from chuangtu.terms.viewer import Visibility

COMMON: tuple[Field, ...] = (
    Field(
        "name",
        "名称",
        "Name",
        searched=True,
        required=True,
        aliases=(
            *("单位名称", "企业名称", "公司名称", "全称", "机构名称", "项目名称", "name"),
            *("company name", "organization name", "organisation name", "company", "full name"),
        ),
        note_zh="填写全称，与证照或批文一致。",
        note_en="The full name, as in the certificate or approval.",
    ),
    Field(
        "name_en",
        "英文名称",
        "English name",
        searched=True,
        aliases=("外文名称", "英文名", "name_en"),
    ),
    Field("description", "简介", "Description", FieldType.LONG_TEXT, searched=True),
    Field(
        "town",
        "街镇",
        "Town or sub-district",
        FieldType.TOWN,
        facet=True,
        aliases=(
            "所属街镇",
            "街道",
            "镇",
            "街道/镇",
            "所在街镇",
            "街道（镇）",
            "town",
            "subdistrict",
        ),
        note_zh="从列表中选取；不清楚时留空。",
        note_en="Choose from the list; leave empty when not known.",
    ),
    Field(
        "zone",
        "所属园区",
        "Zone",
        FieldType.AREA,
        facet=True,
        aliases=("园区", "所在园区", "功能区", "产业园区"),
        note_zh="填写区域代码或园区名称；不清楚时留空。",
        note_en="The area's code or name; leave empty when not known.",
    ),
    Field(
        "address",
        "地址",
        "Address",
        searched=True,
        aliases=(
            *("详细地址", "经营地址", "办公地址", "通信地址", "通讯地址", "所在地址"),
            *("office address", "business address", "street address"),
        ),
        note_zh="单位填写实际经营（办公）地址。",
        note_en="For an organization, where it actually works.",
    ),
    Field(
        "longitude",
        "经度",
        "Longitude",
        FieldType.DECIMAL,
        scale=9,
        minimum=Decimal(-180),
        maximum=Decimal(180),
        aliases=("lon", "lng", "x", "东经", "X坐标", "long"),
        note_zh="十进制度，例如 121.415；须同时填写纬度，并说明坐标系。",
        note_en="Decimal degrees, such as 121.415; give latitude and coordinate system too.",
    ),
    Field(
        "latitude",
        "纬度",
        "Latitude",
        FieldType.DECIMAL,
        scale=9,
        minimum=Decimal(-90),
        maximum=Decimal(90),
        aliases=("lat", "y", "北纬", "Y坐标"),
        note_zh="十进制度，例如 31.089。",
        note_en="Decimal degrees, such as 31.089.",
    ),
    Field(
        "crs",
        "坐标系",
        "Coordinate system",
        FieldType.CODE,
        choices=choices("crs"),
        aliases=("坐标系统", "crs", "坐标参考系"),
        note_zh="高德、腾讯为 GCJ-02，百度为 BD-09，测绘成果多为 CGCS2000。"
        "导入的文件中留空时，以导入时所选的坐标系为准。",
        note_en="AMap and Tencent give GCJ-02, Baidu BD-09, surveys mostly CGCS2000."
        " When empty in a file, the one chosen for the import.",
    ),
    Field(
        "precision",
        "位置精度",
        "Precision of the position",
        FieldType.CODE,
        choices=choices("precision"),
        facet=True,
        aliases=("精度", "定位精度"),
        note_zh="填写了经纬度而此项留空时，视为“精确”。",
        note_en="Taken as exact when a position is given and this is empty.",
    ),
    Field(
        "url",
        "网址",
        "Web site",
        FieldType.URL,
        aliases=("网站", "官网", "官方网站", "链接", "website"),
    ),
    Field(
        "valid_from",
        "生效日期",
        "Valid from",
        FieldType.DATE,
        ranged=True,
        aliases=("有效期起", "起始日期", "开始日期", "有效期开始", "生效日"),
    ),
    Field(
        "valid_until",
        "失效日期",
        "Valid until (excluded)",
        FieldType.DATE,
        ranged=True,
        aliases=("失效日", "终止日期"),
        note_zh="自这一天起不再有效。证书写“有效期至某日”的，填写它的次日。",
        note_en="No longer valid from this day on: the day after the last valid day.",
    ),
    Field(
        "visibility",
        "公开范围",
        "Visibility",
        FieldType.CODE,
        choices=choices("visibility"),
        visibility=Visibility.INTERNAL,
        aliases=("公开属性", "是否公开"),
        note_zh="留空为公开。",
        note_en="Public when empty.",
    ),
    Field(
        "is_example",
        "示例数据",
        "Example",
        FieldType.BOOLEAN,
        facet=True,
        aliases=("示例", "是否示例"),
        note_zh="生成的演示数据填“是”；真实数据留空。",
        note_en="Yes for generated demonstration data; empty for real data.",
    ),
    Field(
        "source",
        "数据来源",
        "Source",
        aliases=("来源", "数据来源单位", "出处"),
        note_zh="文件名称或发布单位；留空时以导入时填写的来源为准。"
        "导出文件中为该行各项的全部来源，最近的在前。",
        note_en="Title or publisher of the document; when empty, the source given for the file."
        " In an export: all sources of the row, the latest first.",
    ),
    Field(
        "source_date",
        "来源日期",
        "Date of the source",
        FieldType.DATE,
        aliases=("数据日期", "截止日期", "数据截止日期", "统计日期"),
        note_zh="导出文件中为该行最近一项来源的日期；各项各自的来源与日期见记录页与数据接口。",
        note_en="In an export: the day of the row's latest source; record page and API tell source"
        " and day of each value.",
    ),
)


def site_fields(
    role: str, *, zh: str, en: str, address: tuple[str, str], aliases: tuple[str, ...]
) -> tuple[Field, ...]:
    """Address and position of the site with a role of `site_role`, as columns of its record.

    Args:
        role: a code of `site_role`; it begins the names of the fields.
        zh: what the site is called before 经度 and 纬度.
        en: the same after "Longitude of the".
        address: what the address is called, in Chinese and English.
        aliases: other headers of the address.
    """
    degrees = {"longitude": ("经度", 180), "latitude": ("纬度", 90)}
    return (
        Field(f"{role}_address", *address, role=role, searched=True, aliases=aliases),
        *(
            Field(
                f"{role}_{part}",
                f"{zh}{part_zh}",
                f"{part.capitalize()} of the {en}",
                FieldType.DECIMAL,
                scale=9,
                role=role,
                minimum=Decimal(-limit),
                maximum=Decimal(limit),
            )
            for part, (part_zh, limit) in degrees.items()
        ),
    )
