"""Venues where science is explained to the public."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType, Kind, MapStyle

KIND = Kind(
    name="venue",
    zh="科普场馆",
    en="Science venue",
    en_plural="Science venues",
    code=12,
    style=MapStyle(11, "star", "telescope"),
    description_zh="科普教育基地、科普场馆、社区创新屋、科普活动室等。",
    description_en="Science museums, education bases, innovation houses and activity rooms.",
    starts=("valid_from", "opened_on"),
    ends=("valid_until", "closed_on"),
    located_by="operator",
    fields=(
        Field(
            "venue_type",
            "场馆类型",
            "Type of venue",
            FieldType.CODE,
            choices=choices("venue_type"),
            required=True,
            facet=True,
            searched=True,
            aliases=("类型", "基地类型"),
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
            "operator",
            "运营单位",
            "Operator",
            FieldType.PARTY,
            role="operator",
            searched=True,
            aliases=("管理单位", "所属单位", "主办单位"),
            note_zh="填写统一社会信用代码或全称。",
            note_en="Credit code or full name.",
        ),
        Field(
            "themes",
            "科普主题",
            "Themes",
            FieldType.TEXTS,
            searched=True,
            aliases=("主题", "科普内容"),
        ),
        Field(
            "area_sqm",
            "展示面积",
            "Floor area",
            FieldType.DECIMAL,
            unit="平方米",
            unit_en="m²",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(10) ** 9,
            aliases=("面积", "建筑面积", "场馆面积"),
        ),
        Field("open_times", "开放时间", "Opening times", aliases=("开放时段",)),
        Field(
            "is_free",
            "免费开放",
            "Free of charge",
            FieldType.BOOLEAN,
            facet=True,
            aliases=("是否免费",),
        ),
        Field("ticket_terms", "门票说明", "Tickets", aliases=("门票", "票价")),
        Field(
            "booking_phone", "预约电话", "Booking phone", aliases=("咨询电话", "联系电话", "电话")
        ),
        Field(
            "visitor_count",
            "年接待人次",
            "Visitors a year",
            FieldType.INTEGER,
            unit="人次",
            unit_en="visits",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(100_000_000),
            aliases=("接待人次", "年参观人次"),
        ),
        Field(
            "opened_on",
            "开放日期",
            "Opened on",
            FieldType.DATE,
            ranged=True,
            aliases=("建成日期", "成立日期"),
        ),
        Field("closed_on", "关闭日期", "Closed on", FieldType.DATE),
        Field(
            "recognized_on",
            "认定日期",
            "Recognized on",
            FieldType.DATE,
            ranged=True,
            aliases=("认定时间", "批准日期", "备案日期"),
        ),
        Field(
            "approval_number",
            "批准文号",
            "Approval number",
            searched=True,
            aliases=("文号", "认定文号", "备案编号"),
        ),
    ),
)
