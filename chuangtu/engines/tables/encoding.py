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
