"""Saying that something is wrong, and answering it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from chuangtu.apps.journal import actions as journal
from chuangtu.apps.registry import queries as registry
from chuangtu.apps.registry.kinds import all_fields
from chuangtu.apps.reports.models import Report
from chuangtu.terms.errors import ChuangtuError, NotVisibleError
from chuangtu.terms.viewer import Viewer

TABLE = "reports.report"
MOST_OPEN = 20
"""Open reports of one record; more say nothing new and would only hide the others."""
MOST_IN_AN_HOUR = 300
"""Reports of all records: who writes more is a program."""
LONGEST = 1000


class ReportError(ChuangtuError):
    """A report or an answer that cannot be taken; the sentence says why and what to do."""


@transaction.atomic
def report(*, record: int, field: str, text: str, at: datetime, viewer: Viewer) -> str:
    """Note what is wrong in a record; return the token under which the answer is read.

    Args:
        record: number of the record.
        field: name of the field that is wrong; empty for something else.
        text: what is wrong and what would be right, at most 1,000 signs.
        at: the moment.
        viewer: who says so, of whom nothing is kept but what they may see.

    Raises:
        NotVisibleError: there is no such record for this viewer.
        ReportError: nothing is said, too much, or too often.
    """
    kind = registry.get_record(record, viewer).kind
    seen = {each.name for each in all_fields(kind) if viewer.can_see(each.visibility)}
    said = text.strip()
    if not said or len(said) > LONGEST or (field and field not in seen):
        raise ReportError(
            f"请写明错在哪里（最多 {LONGEST} 字），项目请从列表中选。",
            f"Say what is wrong ({LONGEST} signs at most), and choose the item from the list.",
        )
    is_open = Report.objects.filter(record=record, state=Report.State.OPEN)
    lately = Report.objects.filter(at__gt=at - timedelta(hours=1))
    if is_open.count() >= MOST_OPEN or lately.count() >= MOST_IN_AN_HOUR:
        raise ReportError(
            "现在待处理的报错已经很多，请过一小时再试。",
            "Many reports are waiting already. Try again in an hour.",
        )
    row = Report.objects.create(
        record=record,
        kind=kind,
        field=field,
        text=said,
        token=uuid4().hex,
        seen_by=viewer.sees,
        at=at,
    )
    return row.token


@transaction.atomic
def answer(
    *, report: int, accepted: bool, text: str, by: str, at: datetime, viewer: Viewer
) -> None:
    """Answer a report; whoever wrote it reads the answer.

    Raises:
        NotVisibleError: there is no such report for this viewer.
        ReportError: it was answered before, or a refusal gives no reason.
    """
    row = Report.objects.select_for_update().filter(pk=report).first()
    if row is None or row.seen_by > viewer.sees:
        raise NotVisibleError(
            "没有这条报错，或您无权查看。请回到列表。",
            "There is no such report for you. Go back to the list.",
        )
    said = text.strip()[:LONGEST]
    if row.state != Report.State.OPEN:
        raise ReportError(
            "这条报错已经答复。请刷新列表。", "This report was answered. Load the list again."
        )
    if not accepted and not said:
        raise ReportError("不采纳时请写明理由。", "Give the reason why it is not taken up.")
    row.state = Report.State.ACCEPTED if accepted else Report.State.REFUSED
    row.answer, row.decided_by, row.decided_at = said, by, at
    row.save()
    # The public's own words stay out of the journal, which forgets nothing.
    change = journal.Change(
        TABLE,
        str(row.pk),
        {"state": str(Report.State.OPEN)},
        {"state": str(row.state), "answer": said, "record": row.record},
    )
    journal.write(changes=[change], why="action", act=f"report-{row.pk}", by=by, at=at)
