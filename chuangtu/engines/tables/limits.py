"""How much of a file is read, and why not more: each number with its reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader takes before it refuses a file; the defaults suit a 2 GB server.

    Attributes:
        file_bytes: largest file. 100,000 rows of 20 columns are 10 MB as xlsx, 30 MB as csv.
        unpacked_bytes: largest sum of the unpacked parts of a zip. A million rows of 20 columns
            are about 1.3 GB of sheet XML, which is streamed and never held whole.
        ratio: largest unpacked ÷ packed size of one part over a megabyte. Real sheets reach 30
            (the same short words over and over), deflate ends at 1,032.
        parts: most files in one zip; a workbook has some dozens, a shapefile under ten.
        columns: most columns of a sheet; the widest kind has about 60.
        rows: most rows of a sheet: what Excel itself can hold.
        cells: most cells of the rectangle a sheet spans. The Excel reader holds it densely, at
            about 100 bytes for each cell while it reads.
        text_characters: longest text of one cell: what Excel itself can hold.
        text_total: most characters of all text cells together, shared strings counted each time
            they are used: a shared string of 30 KB used 100,000 times is 3 GB.
    """

    file_bytes: int = 256 * 1024 * 1024
    unpacked_bytes: int = 2 * 1024 * 1024 * 1024
    ratio: int = 200
    parts: int = 2_000
    columns: int = 256
    rows: int = 1_048_576
    cells: int = 12_000_000
    text_characters: int = 32_767
    text_total: int = 1_000_000_000


LIMITS = Limits()

SUSPECT_BYTES = 1024 * 1024
"""Below this a high compression ratio harms nobody: a part of 1 MB of blanks is only 1 MB."""

EXACT_DIGITS = 15
"""Digits of a number Excel keeps; it writes zeros for the rest without a word."""
