"""One written form for all ways to type the same characters."""

from __future__ import annotations

import re
from unicodedata import normalize

# NFKC leaves these apart, though people type one for another: 〔2015〕, 【2015】, [2015].
_SAME = str.maketrans(
    {
        **dict.fromkeys("[{【〔〖［｛〘〚", "("),
        **dict.fromkeys("]}】〕〗］｝〙〛", ")"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("‘’‚‛′`", "'"),
        **dict.fromkeys("•‧∙⋅・･‣", "·"),
        **dict.fromkeys("‐‑‒–—―−﹘", "-"),
        # Half a character, as a broken conversion leaves it: no encoding can carry it.
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
        "、": ",",
        "。": ".",
        # Not a character of any field, and the engine's own mark between fields.
        "\0": " ",
    }
)
# What no eye sees: soft hyphen, zero-width and direction marks, variation selectors.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]+")
_PLAIN = re.compile(r"[0-9a-z一-鿿()·.,'\" -]*")


def fold(text: str) -> str:
    """Give the form in which text is compared: width, case, brackets and dashes folded.

    Compatibility forms are composed (NFKC), letters case-folded, all brackets but 《》「」 become
    round, quotation marks, dashes and middle dots one each, characters nobody sees are dropped.

    >>> fold("ＡＢＢ（上海）【2015】")
    'abb(上海)(2015)'
    """
    if _PLAIN.fullmatch(text):
        return text
    folded = normalize("NFKC", normalize("NFKC", _UNSEEN.sub("", text)).casefold())
    return _UNSEEN.sub("", folded.translate(_SAME))
