"""Tell UTF-8 from GB18030 where the bytes are both."""

from __future__ import annotations

import re

_CERTAIN = re.compile("[\u0800-\U0010ffff]")
_ODD = re.compile("[\u0250-\u07ff]")


class Witness:
    """Hears text decoded as UTF-8 and judges whether it was.

    Some Chinese words in GB18030 happen to be sound UTF-8: 莘庄 reads as an Arabic and a Hebrew
    letter. Chinese in UTF-8 takes three bytes a sign, so text whose only foreign signs take two,
    and are no Latin ones, was GB18030.
    """

    def __init__(self) -> None:
        self._is_certain = False
        self._is_odd = False

    def hear(self, text: str) -> None:
        """Take note of a piece of the text."""
        if not self._is_certain and not text.isascii():
            self._is_certain = bool(_CERTAIN.search(text))
            self._is_odd = self._is_odd or bool(_ODD.search(text))

    @property
    def doubts(self) -> bool:
        """Say whether it was probably not UTF-8."""
        return self._is_odd and not self._is_certain


def is_big5(start: bytes) -> bool:
    """Say whether text that is no UTF-8 is Big5 rather than GB18030.

    Nearly all bytes of one are sound in the other, but become signs that nobody uses. Both codes
    put the usual signs first: nearly all signs of a text are among those of its own code.
    """
    usual = _usual(start, "cp950", b"\xa4\x40", b"\xc6\x7e")
    return usual > 0.75 and _usual(start, "gb18030", b"\xb0\xa1", b"\xd7\xf9") < 0.7 * usual


def _usual(start: bytes, encoding: str, first: bytes, last: bytes) -> float:
    """The share of signs whose code lies in a block, from its first to its last code."""
    text = start.decode(encoding, "replace")
    codes = [each.encode(encoding, "replace") for each in text if ord(each) >= 0x2E80]
    usual = sum(first <= each <= last and first[1] <= each[1] for each in codes if len(each) == 2)
    return usual / len(codes) if codes else 0.0
