"""Workbooks made by hand, so that a test can put anything into one."""

from __future__ import annotations

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
XML = '<?xml version="1.0" encoding="UTF-8"?>'


def text(name: str, value: str) -> str:
    return f'<c r="{name}" t="inlineStr"><is><t xml:space="preserve">{value}</t></is></c>'


def number(name: str, value: object) -> str:
    return f'<c r="{name}"><v>{value}</v></c>'


def row(index: int, *cells: str, attributes: str = "") -> str:
    return f'<row r="{index}"{attributes}>{"".join(cells)}</row>'


def sheet(*rows: str, head: str = "", tail: str = "", prolog: str = "") -> str:
    data = "".join(rows)
    return (
        f'{XML}{prolog}<worksheet xmlns="{MAIN}">{head}<sheetData>{data}</sheetData>{tail}'
        "</worksheet>"
    )


HEADERS = row(1, text("A1", "名称"), text("B1", "面积"))
FIRST = row(2, text("A2", "甲"), number("B2", 12.5))
PLAIN = sheet(HEADERS, FIRST)


def workbook(
    sheets: dict[str, str] | None = None,
    *,
    states: dict[str, str] | None = None,
    extra: dict[str, str | bytes] | None = None,
    without: tuple[str, ...] = (),
    types: str = "",
) -> bytes:
    """A workbook of the given sheets; `extra` adds or replaces parts, `without` leaves out."""
    sheets = {"名单": PLAIN} if sheets is None else sheets
    listed = "".join(
        f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"{(states or {}).get(name, "")}/>'
        for n, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    if extra and "xl/sharedStrings.xml" in extra:
        relations += (
            f'<Relationship Id="rIdS" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{PACKAGE}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
            '.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="{TYPES}.worksheet+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/>'
            f"{types}</Types>"
        ),
        "_rels/.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
            f' Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets>'
            "</workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>'
        ),
        **{f"xl/worksheets/sheet{n}.xml": s for n, s in enumerate(sheets.values(), start=1)},
        **(extra or {}),
    }
    return zipped({name: part for name, part in parts.items() if name not in without})


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def shared_strings(*values: str) -> str:
    items = "".join(f"<si><t>{each}</t></si>" for each in values)
    return f'{XML}<sst xmlns="{MAIN}">{items}</sst>'
