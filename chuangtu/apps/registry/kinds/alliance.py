"""Alliances: industry technology-innovation alliances, their leader and members."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType, Kind, MapStyle
from chuangtu.terms.viewer import Visibility

KIND = Kind(
    name="alliance",
    zh="产业技术创新联盟",
    en="Alliance",
    en_plural="Alliances",
    code=7,
    style=MapStyle(6, "triangle", "affiliate"),
    description_zh="以企业牵头、产学研合作的产业技术创新战略联盟。",
    description_en="Technology-innovation alliances of an industry, led by enterprises.",
    starts=("valid_from", "founded_on"),
    ends=("valid_until", "dissolved_on"),
    located_by="leader",
    fields=(
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
            "leader",
            "牵头单位",
            "Leader",
            FieldType.PARTY,
            role="leader",
            searched=True,
            aliases=("理事长单位", "发起单位"),
            note_zh="填写统一社会信用代码或全称。",
            note_en="Credit code or full name.",
        ),
        Field(
            "members",
            "成员单位",
            "Members",
            FieldType.PARTIES,
            role="member",
            searched=True,
            aliases=("成员", "联盟成员"),
            note_zh="填写统一社会信用代码或全称，多个之间用分号隔开。",
            note_en="Credit codes or full names, separated by semicolons.",
        ),
        Field(
            "member_count",
            "成员数",
            "Number of members",
            FieldType.INTEGER,
            unit="家",
            unit_en="organizations",
            ranged=True,
            minimum=Decimal(0),
            maximum=Decimal(10_000_000),
            aliases=("成员单位数",),
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
            "mission",
            "联盟任务",
            "Mission",
            FieldType.LONG_TEXT,
            searched=True,
            aliases=("主要任务", "宗旨"),
        ),
        Field(
            "founded_on",
            "成立日期",
            "Founded on",
            FieldType.DATE,
            ranged=True,
            aliases=("成立时间", "设立日期", "建立日期"),
        ),
        Field("dissolved_on", "解散日期", "Dissolved on", FieldType.DATE),
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
