"""Names without what people write differently: width, case, old signs, spaces, brackets."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencc import OpenCC

_CONVERTER = "t2s"
_HAN = range(0x4E00, 0xA000)
_OPENING, _CLOSING = "[{〔【〖「『<〈", "]}〕】〗」』>〉"
_DROPPED = re.compile(
    r"[\s\u200b-\u200f\ufeff\u00ad“”\"'‘’`·•・‧∙,，.。、;；:：\-‐‑–—_/\\|*!?《》~…]+"
)
_ENTITY = re.compile("&(?:nbsp|amp|quot|lt|gt|#[0-9]{1,6});", re.IGNORECASE)


@cache
def _table() -> dict[int, str]:
    """Each sign that is folded by itself: brackets, and traditional signs to simplified ones."""
    converter = OpenCC(_CONVERTER)
    table = {
        code: simple
        for code in _HAN
        if len(simple := converter.convert(chr(code))) == 1 and simple != chr(code)
    }
    table.update(dict.fromkeys(map(ord, _OPENING), "("))
    table.update(dict.fromkeys(map(ord, _CLOSING), ")"))
    return table


def fold(text: str) -> str:
    """A text without width, case, traditional signs, spaces and marks; brackets stay, as ( and ).

    Folding twice changes nothing more.

    >>> fold("上海 壹達【ＡＢＣ】科技“有限”公司")
    '上海壹达(abc)科技有限公司'
    """
    while (read := _ENTITY.sub("", text)) != text:
        text = read
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_table())
    return unicodedata.normalize("NFKC", _DROPPED.sub("", plain))
