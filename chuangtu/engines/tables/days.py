"""Days as people write them: only forms that can mean one day are taken."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from chuangtu.engines.tables.model import Fault
from chuangtu.engines.tables.remarks import remark

_FORMS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"),
    re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})"),
    re.compile(r"(\d{4})\.(\d{1,2})\.(\d{1,2})\.?"),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
_MIDNIGHT = re.compile(r"[T ]?0{1,2}:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$")
_INCOMPLETE = re.compile(r"\d{4}(?:年|[-/.年]\d{1,2}月?(?:份)?)?")
_AMBIGUOUS = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})|\d{2}年\d{1,2}月\d{1,2}日?")


def parse_day(text: str) -> date | Fault:
    """Read a day written year first, with any of the usual separators.

    >>> parse_day("2015年12月31日"), parse_day("2015.2.3")
    (datetime.date(2015, 12, 31), datetime.date(2015, 2, 3))
    >>> parse_day("03/02/2015").code, parse_day("2015年12月").code
    ('ambiguous_day', 'incomplete_day')
    """
    text = unicodedata.normalize("NFKC", text).strip()
    text = _MIDNIGHT.sub("", text)
    text = re.sub(r"\s*([-/.年月日号])\s*", r"\1", text)
    for form in _FORMS:
        if found := form.fullmatch(text):
            try:
                return date(*map(int, found.groups()))
            except ValueError:
                return remark("no_such_day")
    if _INCOMPLETE.fullmatch(text):
        return remark("incomplete_day")
    if _AMBIGUOUS.fullmatch(text):
        return remark("ambiguous_day")
    return remark("not_a_day")
