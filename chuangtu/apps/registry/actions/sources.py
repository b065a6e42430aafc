"""Who said it: sources and statements, written once for each act and day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from chuangtu.apps.registry.models import Source, Statement


@dataclass
class Statements:
    """The statements of one act."""

    source: str
    source_date: date | None
    source_url: str
    act: str
    by: str
    at: datetime
    _made: dict[tuple[str, date | None], int] = field(default_factory=dict)

    def id_of(self, title: str | None, stated_on: date | None) -> int:
        """The statement of a row: its own source and day, else those of the act."""
        key = (title or self.source, stated_on or self.source_date)
        if key not in self._made:
            url = self.source_url if key[0] == self.source else ""
            source, _ = Source.objects.get_or_create(title=key[0][:300], url=url[:500])
            made = Statement.objects.create(
                source=source, stated_on=key[1], recorded_at=self.at, by=self.by, act=self.act
            )
            self._made[key] = made.pk
        return self._made[key]
