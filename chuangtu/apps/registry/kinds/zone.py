"""Zones: key areas, parks and industry clusters, with orientation and lead industries."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Drawn, Field, FieldType, Kind, MapStyle
from chuangtu.terms.viewer import Visibility

KIND = Kind(
    name="zone",
    zh="园区",
    en="Zone",
    en_plural="Zones",
    code=5,
    style=MapStyle(4, "hexagon", "map-2"),
    description_zh="重点区域、产业园区和产业集群，有边界的画在地图上。",
    description_en="Key areas, parks and industry clusters; known boundaries are on the map.",
    identity=(("area_code",), ("name",)),
    starts=("valid_from", "approved_on"),
    located_by="operator",
    drawn=Drawn(
        code="area_code",
        type="zone_type",
        kinds={"key_area": "zone", "cluster": "cluster"},
        otherwise="park",
    ),
    fields=(
        Field(
            "zone_type",
            "园区类型",
            "Type of zone",
            FieldType.CODE,
            choices=choices("zone_type"),
            required=True,
            facet=True,
            searched=True,
            aliases=("类型", "区域类型"),
        ),
        Field(
            "area_code",
            "区域代码",
            "Area code",
            aliases=("边界代码",),
            note_zh="边界的代码，例如 zone:zizhu；没有边界，或由文件中的图形新设边界时留空。"
            "记录改为不公开或被删除时，边界随它离开地图；重新公开时恢复。",
            note_en="Code of the boundary, such as zone:zizhu; empty when there is none, or when a"
            " shape of the file is to make one. The boundary leaves the map when the record is"
            " hidden or removed, and returns when it is public again.",
        ),
        Field(
            "level",
            "级别",
            "Level",
            FieldType.CODE,
            choices=choices("level"),
            facet=True,
            aliases=("认定级别", "等级"),
        ),
        Field(
            "orientation",
            "功能定位",
            "Orientation",
            FieldType.LONG_TEXT,
            searched=True,
            aliases=("定位", "发展定位"),
        ),
        Field(
            "lead_industries",
            "主导产业",
            "Lead industries",
            FieldType.TEXTS,
            searched=True,
            aliases=("重点产业", "产业方向"),
        ),
        Field(
            "technology_fields",
            "技术领域",
            "Technology fields",
            FieldType.CODES,
            choices=choices("technology_field"),
            facet=True,
        ),
        Field(
            "area_sqkm",
            "占地面积",
            "Area",
            FieldType.DECIMAL,
            unit="平方公里",
            unit_en="km²",
            scale=4,
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(100_000),
            aliases=("规划面积", "面积", "区域面积"),
        ),
        Field(
            "operator",
            "管理单位",
            "Operator",
            FieldType.PARTY,
            role="operator",
            searched=True,
            aliases=("运营单位", "管委会", "开发主体", "管理机构"),
            note_zh="填写统一社会信用代码或全称。",
            note_en="Credit code or full name.",
        ),
        Field(
            "enterprise_count",
            "入驻企业数",
            "Enterprises",
            FieldType.INTEGER,
            unit="家",
            unit_en="enterprises",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(10_000_000),
            aliases=("企业数",),
        ),
        Field(
            "approved_on",
            "批准日期",
            "Approved on",
            FieldType.DATE,
            ranged=True,
            aliases=("设立日期", "批准时间"),
        ),
        Field(
            "approval_number",
            "批准文号",
            "Approval number",
            searched=True,
            aliases=("文号", "认定文号", "备案编号"),
        ),
        Field(
            "contact",
            "联系方式",
            "Contact",
            visibility=Visibility.INTERNAL,
            aliases=("联系人", "联系电话", "电话"),
            note_zh="仅工作人员可见；只填写办公联系方式。",
            note_en="Seen by officers only; office contacts only.",
        ),
    ),
)
