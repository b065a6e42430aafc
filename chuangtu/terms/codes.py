"""Official codes: the unified social credit code and the industry classification."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from stdnum.cn import uscc as stdnum_uscc

from chuangtu.terms.kind import Choice

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SIGNS = frozenset(_ALPHABET)
_SHAPE = re.compile(rf"[1-9ANY][{_ALPHABET}][0-9]{{6}}[{_ALPHABET}]{{10}}")


class UsccFault(StrEnum):
    """What is wrong with a text that should be a unified social credit code."""

    LENGTH = "length"
    CHARACTER = "character"
    SHAPE = "shape"
    CHECK = "check"


def compact_uscc(text: str) -> str:
    """The code as it is stored: half-width capitals without spaces and hyphens.

    >>> compact_uscc(" 91110000-600037341l ")
    '91110000600037341L'
    """
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def find_uscc_fault(code: str) -> UsccFault | None:
    """Say what is wrong with a compact code, or `None` when it is a valid one.

    Registering departments may be letters (N for rural collectives, A for the military, Y for
    others), which the digits-only check of python-stdnum refuses; its check character is used.

    Source:
        GB 32100-2015, sections 4 and 5.

    >>> find_uscc_fault("91110000600037341L") is None
    True
    >>> find_uscc_fault("911100006000373410")
    <UsccFault.CHECK: 'check'>
    """
    if len(code) != 18:
        return UsccFault.LENGTH
    if not _SIGNS.issuperset(code):
        return UsccFault.CHARACTER
    if not _SHAPE.fullmatch(code):
        return UsccFault.SHAPE
    if stdnum_uscc.calc_check_digit(code[:17]) != code[17]:
        return UsccFault.CHECK
    return None


@dataclass(frozen=True)
class Industry:
    """The industry classification: sections (letters) and divisions (two digits).

    Attributes:
        sections: A to T.
        divisions: 01 to 97.
        parents: section of each division.
    """

    sections: tuple[Choice, ...]
    divisions: tuple[Choice, ...]
    parents: Mapping[str, str]

    @cached_property
    def _by_name(self) -> dict[str, str]:
        return {each.zh: each.code for each in (*self.sections, *self.divisions)}

    @cached_property
    def _sections(self) -> frozenset[str]:
        return frozenset(each.code for each in self.sections)

    def find_code(self, text: str) -> str | None:
        """The code meant by a text, or `None`: `A`, `39`, `C39`, `3962`, `C3962` or a name.

        Groups (3 digits) and classes (4 digits) are taken when their division exists; their
        section letter is dropped, because the division says it.
        """
        typed = unicodedata.normalize("NFKC", text).strip().upper()
        if typed in self._sections:
            return typed
        found = re.fullmatch(r"([A-T]?)(\d{2,4})", typed)
        if found is None:
            return self._by_name.get(text.strip())
        letter, digits = found.groups()
        section = self.parents.get(digits[:2])
        if section is None or letter not in ("", section):
            return None
        return digits

    def division_of(self, code: str) -> str | None:
        """The division of a code, `None` for a bare section."""
        return code[:2] if code[:2] in self.parents else None

    def section_of(self, code: str) -> str | None:
        """The section of a code, `None` for what is no code."""
        return code if code in self._sections else self.parents.get(code[:2])
