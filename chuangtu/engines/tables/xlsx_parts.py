"""The small fixed parts of a written workbook: content types, relations, styles, sheet head."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from chuangtu.engines.tables.model import Column, ValueType, column_letters

HEADER_STYLE = 1
TEXT_STYLE = 2
DAY_STYLE = 3
"""Styles after it are decimals: `DAY_STYLE + 1 + scale`."""

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

# The number of sheets is not known when the first is sent, so every xml is a sheet by default.
CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
    'relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    "</Types>"
)
ROOT_RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)


def workbook(sheets: int) -> str:
    """The list of sheets."""
    rows = "".join(
        f'<sheet name="{sheet_name(n)}" sheetId="{n}" r:id="rId{n}"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{rows}</sheets></workbook>'
    )


def sheet_name(number: int) -> str:
    """Name the sheets 数据, 数据 2, 数据 3 and so on."""
    return "数据" if number == 1 else f"数据 {number}"


def workbook_relations(sheets: int) -> str:
    """Where each sheet and the styles are."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    return (
        f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{rows}'
        f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        "</Relationships>"
    )


def styles(columns: Sequence[Column]) -> str:
    """Header, text, day, and a number format for each count of decimal places in use."""
    places = max((each.scale for each in columns), default=0)
    formats = "".join(
        f'<numFmt numFmtId="{165 + n}" formatCode="0{"." if n else ""}{"0" * n}"/>'
        for n in range(places + 1)
    )
    decimals = "".join(
        f'<xf numFmtId="{165 + n}" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/>'
        for n in range(places + 1)
    )
    plain = 'fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    return (
        f'{_XML}<styleSheet xmlns="{_MAIN}">'
        f'<numFmts count="{places + 2}"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
        f"{formats}</numFmts>"
        '<fonts count="2"><font><sz val="11"/><name val="等线"/></font>'
        '<font><b/><sz val="11"/><name val="等线"/></font></fonts>'
        '<fills count="3"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill><fill><patternFill'
        ' patternType="solid"><fgColor rgb="FFE8EEF7"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        "</cellStyleXfs>"
        f'<cellXfs count="{places + 5}">'
        '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1"'
        ' applyFill="1"/>'
        f'<xf numFmtId="49" {plain}/><xf numFmtId="164" {plain}/>{decimals}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def sheet_head(columns: Sequence[Column]) -> str:
    """The start of a sheet: a frozen first row, column widths, and the headers."""
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{_width(each)}" customWidth="1"{_default(each)}/>'
        for n, each in enumerate(columns, start=1)
    )
    headers = "".join(
        f'<c r="{column_letters(n)}1" s="{HEADER_STYLE}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{escape(each.header)}</t></is></c>'
        for n, each in enumerate(columns, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f"</sheetView></sheetViews><cols>{widths}</cols>"
        f'<sheetData><row r="1">{headers}</row>'
    )


def _width(column: Column) -> int:
    # A Chinese character is two digits wide.
    return min(40, max(12, 4 + sum(2 if ord(c) > 255 else 1 for c in column.header)))


def _default(column: Column) -> str:
    return f' style="{TEXT_STYLE}"' if column.type is ValueType.TEXT else ""
