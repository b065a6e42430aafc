"""Reading reports: one's own by its token, all that wait as an officer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from chuangtu.apps.registry import queries as registry
from chuangtu.apps.reports.models import Report
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import Viewer

STATES = tuple(Report.State.values)
PAGE = 50
_TOKEN = 32


@dataclass(frozen=True, slots=True)
class Told:
    """A report; `name` is the record's, empty where there is none for the viewer any more."""

    id: int
    record: int
    kind: str
    name: str
    field: str
    text: str
    state: str
    at: datetime
    answer: str
    decided_by: str
    decided_at: datetime | None


def get_by_token(token: str, viewer: Viewer) -> Told:
    """What became of one's own report.

    Raises:
        NotVisibleError: nobody was given this token.
    """
    row = Report.objects.filter(token=token).first() if len(token) == _TOKEN else None
    if row is None:
        raise NotVisibleError(
            "没有这份回执。请检查网址是否完整。",
            "There is no such receipt. Check that the address is whole.",
        )
    return _told([row], viewer)[0]


def list_reports(*, viewer: Viewer, state: str, after: int = 0, limit: int = PAGE) -> list[Told]:
    """Reports in one state with a number above `after`, oldest first."""
    rows = Report.objects.filter(state=state, id__gt=after, seen_by__lte=viewer.sees)
    return _told(list(rows.order_by("id")[:limit]), viewer)


def get_report(number: int, viewer: Viewer) -> Told:
    """One report.

    Raises:
        NotVisibleError: there is none for this viewer.
    """
    rows = Report.objects.filter(pk=number, seen_by__lte=viewer.sees)[:1]
    found = _told(list(rows), viewer)
    if not found:
        raise NotVisibleError(
            "没有这条报错，或您无权查看。请回到列表。",
            "There is no such report for you. Go back to the list.",
        )
    return found[0]


def count_open(viewer: Viewer) -> int:
    """How many reports wait for an answer."""
    return Report.objects.filter(state=Report.State.OPEN, seen_by__lte=viewer.sees).count()


def _told(rows: list[Report], viewer: Viewer) -> list[Told]:
    names = registry.names_of([each.record for each in rows], viewer)
    return [
        Told(
            id=each.pk,
            record=each.record,
            kind=each.kind,
            name=names.get(each.record, ""),
            field=each.field,
            text=each.text,
            state=each.state,
            at=each.at,
            answer=each.answer,
            decided_by=each.decided_by,
            decided_at=each.decided_at,
        )
        for each in rows
    ]
