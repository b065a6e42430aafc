"""Who asks: the part of every question that decides what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Visibility(IntEnum):
    """How widely a record or a field may be seen; a viewer sees every class up to its own."""

    PUBLIC = 0
    INTERNAL = 1
    RESTRICTED = 2


class Role(StrEnum):
    """What a person is to the platform."""

    VISITOR = "visitor"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


_SEES = {
    Role.VISITOR: Visibility.PUBLIC,
    Role.OFFICER: Visibility.INTERNAL,
    Role.ADMINISTRATOR: Visibility.RESTRICTED,
}


@dataclass(frozen=True, slots=True)
class Viewer:
    """One who asks. Two viewers of the same class get the same answer, byte for byte.

    >>> Viewer(Role.OFFICER).can_see(Visibility.INTERNAL)
    True
    >>> VISITOR.can_see(Visibility.INTERNAL)
    False
    """

    role: Role = Role.VISITOR

    @property
    def sees(self) -> Visibility:
        """The widest class this viewer may see."""
        return _SEES[self.role]

    def can_see(self, visibility: Visibility) -> bool:
        """Say whether something of this class may be shown to this viewer."""
        return visibility <= self.sees


VISITOR = Viewer(Role.VISITOR)
OFFICER = Viewer(Role.OFFICER)
ADMINISTRATOR = Viewer(Role.ADMINISTRATOR)
