"""Agencies that serve innovators: transfer, testing, IP, consulting, finance."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType, Kind, MapStyle
from chuangtu.terms.viewer import Visibility

KIND = Kind(
    name="service_agency",
    zh="科技服务机构",
    en="Service agency",
    en_plural="Service agencies",
    code=13,
    style=MapStyle(0, "square", "briefcase"),
    description_zh="提供研究开发、技术转移、检验检测、知识产权、科技咨询和科技金融等服务的机构。",
    description_en="Agencies for transfer, testing, IP, consulting and finance.",
    starts=("valid_from", "founded_on"),
    ends=("valid_until", "closed_on"),
    located_by="operator",
    fields=(
        Field(
            "service_types",
            "服务类别",
            "Types of service",
            FieldType.CODES,
            choices=choices("service_type"),
            required=True,
            facet=True,
            searched=True,
            aliases=("类别", "服务类型", "类型"),
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
            "所属单位",
            "Organization",
            FieldType.PARTY,
            role="operator",
            searched=True,
            aliases=("运营单位", "法人单位", "单位名称"),
            note_zh="填写统一社会信用代码或全称。",
            note_en="Credit code or full name.",
        ),
        Field(
            "services",
            "服务内容",
            "Services",
            FieldType.TEXTS,
            searched=True,
            aliases=("主要服务", "业务范围"),
        ),
        Field(
            "qualifications",
            "资质",
            "Qualifications",
            FieldType.TEXTS,
            searched=True,
            aliases=("机构资质", "服务资质"),
        ),
        Field(
            "technology_field",
            "技术领域",
            "Technology field",
            FieldType.CODE,
            choices=choices("technology_field"),
            facet=True,
            aliases=("领域", "所属技术领域", "高新技术领域", "所属领域"),
        ),
        Field(
            "fee_terms", "收费说明", "Terms of the fee", FieldType.LONG_TEXT, aliases=("收费标准",)
        ),
        Field(
            "served_count",
            "年服务企业数",
            "Enterprises served a year",
            FieldType.INTEGER,
            unit="家",
            unit_en="enterprises",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(10_000_000),
            aliases=("服务企业数",),
        ),
        Field(
            "staff_count",
            "从业人数",
            "Staff",
            FieldType.INTEGER,
            unit="人",
            unit_en="persons",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(10_000_000),
            aliases=("职工人数", "人数"),
        ),
        Field(
            "founded_on",
            "成立日期",
            "Founded on",
            FieldType.DATE,
            ranged=True,
            aliases=("成立时间", "设立日期", "建立日期"),
        ),
        Field("closed_on", "停业日期", "Closed on", FieldType.DATE),
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
