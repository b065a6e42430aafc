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

    Nearly all bytes of one are sound in the other, but become signs that nobody uses. Both sort
    their signs by use: three of four signs of any text are among the usual ones of its own code.
    """
    usual_gb = _usual(start, "gb18030", b"\xb0", b"\xd7")
    usual_big5 = _usual(start, "cp950", b"\xa4", b"\xc6")
    return usual_big5 > 0.75 and usual_gb < 0.5


def _usual(start: bytes, encoding: str, first: bytes, last: bytes) -> float:
    """The share of signs whose first byte is among those of usual signs."""
    text = start.decode(encoding, "replace")
    signs = [each for each in text if ord(each) >= 0x2E80]
    leads = [each.encode(encoding, "replace") for each in signs]
    usual = sum(len(each) == 2 and first <= each[:1] <= last for each in leads)
    return usual / len(signs) if signs else 0.0
