"""Recognitions: a title held by an organization for a span of time."""

from __future__ import annotations

from decimal import Decimal

from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Field, FieldType, Kind, MapStyle
from chuangtu.terms.viewer import Visibility

KIND = Kind(
    name="recognition",
    zh="资质认定",
    en="Recognition",
    en_plural="Recognitions",
    code=2,
    style=MapStyle(1, "star", "certificate"),
    description_zh="单位获得的资质与称号，如高新技术企业、科技小巨人、专精特新；按证书有效期计算。",
    description_en=(
        "Titles held by organizations, such as high-tech enterprise, S&T little giant or SRDI, "
        "each for the span of its certificate."
    ),
    identity=(("title", "certificate_number"), ("title", "holder", "valid_from")),
    starts=("valid_from", "moved_in_on"),
    ends=("valid_until", "moved_out_on", "revoked_on"),
    name_from=("holder", "title"),
    located_by="holder",
    fields=(
        Field(
            "title",
            "认定名称",
            "Title",
            FieldType.CODE,
            choices=choices("title"),
            required=True,
            facet=True,
            searched=True,
            aliases=("资质名称", "资质", "称号", "认定类型", "资质类型", "企业资质"),
        ),
        Field(
            "holder",
            "持有单位",
            "Holder",
            FieldType.PARTY,
            role="holder",
            required=True,
            searched=True,
            aliases=(
                *("企业名称", "单位名称", "获认定单位", "公司名称", "统一社会信用代码"),
                *("company name", "company", "credit code"),
            ),
            note_zh="填写统一社会信用代码或全称。",
            note_en="Credit code or full name.",
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
            "certificate_number",
            "证书编号",
            "Certificate number",
            searched=True,
            aliases=("证书号", "编号", "认定编号", "登记编号", "入库登记编号"),
        ),
        Field(
            "issuer",
            "认定机关",
            "Issuer",
            aliases=("发证机关", "批准机关", "认定部门", "发证单位"),
        ),
        Field(
            "issued_on",
            "发证日期",
            "Issued on",
            FieldType.DATE,
            ranged=True,
            aliases=("认定日期", "发证时间", "认定时间", "批准日期"),
        ),
        Field(
            "recognition_year",
            "认定年度",
            "Year of recognition",
            FieldType.INTEGER,
            ranged=True,
            grouped=False,
            minimum=Decimal(1980),
            maximum=Decimal(2100),
            aliases=("年度", "认定年份", "年份"),
        ),
        Field("batch", "批次", "Batch", aliases=("认定批次",)),
        Field(
            "moved_in_on",
            "迁入日期",
            "Moved in on",
            FieldType.DATE,
            note_zh="资质随单位迁入本区的日期；自这一天起计入本区。",
            note_en="The day the title came to the district with its holder.",
        ),
        Field(
            "moved_out_on",
            "迁出日期",
            "Moved out on",
            FieldType.DATE,
            note_zh="自这一天起不再计入本区。",
            note_en="No longer counted in the district from this day on.",
        ),
        Field(
            "revoked_on",
            "撤销日期",
            "Revoked on",
            FieldType.DATE,
            aliases=("取消日期", "撤销时间", "取消资格日期"),
        ),
        Field(
            "revoked_because",
            "撤销原因",
            "Reason of revocation",
            FieldType.LONG_TEXT,
            visibility=Visibility.INTERNAL,
            aliases=("取消原因",),
        ),
    ),
)
