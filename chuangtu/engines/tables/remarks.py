"""What is said about one value that cannot be read: one sentence for each trouble."""

from __future__ import annotations

from chuangtu.engines.tables.model import Fault

_REMARKS = {
    "code_as_float": (
        "编码被当成了数字，Excel 只保留前 15 位，后面的位数已丢失。"
        "请把该列设为“文本”格式，重新填写完整编码。",
        "The code was taken for a number; Excel keeps 15 digits and has lost the rest. Format the"
        " column as text and enter the whole code again.",
    ),
    "code_with_point": (
        "编码被当成了小数，前面的 0 可能已丢失。请把该列设为“文本”格式，重新填写完整编码。",
        "The code was taken for a decimal number and may have lost leading zeros. Format the"
        " column as text and enter the code again.",
    ),
    "code_without_check_digit": (
        "编码被当成了数字，末尾的校验位“.0”可能已丢失。请把该列设为“文本”格式，重新填写完整编码。",
        "The code was taken for a number and may have lost the check digit '.0' at its end. Format"
        " the column as text and enter the whole code again.",
    ),
    "too_long": (
        "有 {length} 个字，最多 {limit} 个字。请缩短。",
        "It has {length} characters; at most {limit} are taken. Shorten it.",
    ),
    "not_text": (
        "不是可以读取的文字。请重新填写。",
        "It cannot be read as text. Enter it again.",
    ),
    "not_a_number": (
        "不是数字。请填写数字，如 1200 或 12.5{unit}。",
        "It is not a number. Enter a number, such as 1200 or 12.5{unit}.",
    ),
    "other_unit": (
        "单位是“{unit}”，这一列要求“{expected}”。"
        "请换算成“{expected}”后填写，如 1200 或 1200{expected}。",
        "Its unit is '{unit}', this column takes '{expected}'. Convert it, and enter it like 1200"
        " or 1200{expected}.",
    ),
    "out_of_range": (
        "超出合理范围（{low}–{high}）。请核对数值和单位。",
        "It is outside the plausible range ({low}–{high}). Check the value and its unit.",
    ),
    "too_precise": (
        "小数位数超过 {scale} 位。请四舍五入后填写。",
        "It has more than {scale} decimal places. Round it first.",
    ),
    "not_whole": (
        "应为整数。请核对后填写整数。",
        "It should be a whole number. Check it and enter a whole number.",
    ),
    "has_time": (
        "除日期外还带有时刻。请只保留日期。",
        "It carries a time besides the day. Keep the day only.",
    ),
    "day_as_number": (
        "日期列里是一个数，可能是 Excel 的日期序号，不能猜测。"
        "请把单元格设为“日期”格式，或写成 2015-12-31。",
        "A day is expected, but it is a number, perhaps Excel's count of days; it is not guessed."
        " Format the cell as a date, or write it as 2015-12-31.",
    ),
    "no_such_day": (
        "日历上没有这一天。请核对年、月、日。",
        "There is no such day in the calendar. Check year, month and day.",
    ),
    "incomplete_day": (
        "日期不完整，缺少月或日。请写成 2015-12-31。",
        "The day lacks its month or day. Write it as 2015-12-31.",
    ),
    "ambiguous_day": (
        "这个日期可以有几种读法（年、月、日的顺序不明）。请写成 2015-12-31。",
        "This day can be read in several ways. Write it as 2015-12-31.",
    ),
    "not_a_day": (
        "是文字，不是日期。请写成 2015-12-31 或 2015年12月31日。",
        "It is text, not a day. Write it as 2015-12-31.",
    ),
    "not_yes_or_no": (
        "应为“是”或“否”。请改为其中之一，不清楚时留空。",
        "It should be yes (是) or no (否). Enter one of them, or leave it empty if unknown.",
    ),
    "not_in_list": (
        "“{value}”不在可选值中（如：{examples}）。请从模板的下拉列表中选取。",
        "'{value}' is not one of the values (such as: {examples}). Choose from the template's"
        " list.",
    ),
}


def remark(code: str, **values: object) -> Fault:
    """The fault with this trouble's sentence."""
    zh, en = _REMARKS[code]
    return Fault(code, zh.format(**values), en.format(**values))


def remark_codes() -> frozenset[str]:
    """The short names of all troubles of values."""
    return frozenset(_REMARKS)
