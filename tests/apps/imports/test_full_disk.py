"""An import that has no room takes away what it had begun, and nothing else."""

import pytest
from django.conf import settings
from django.db import OperationalError

from chuangtu.apps.imports import actions, queries, shelf
from chuangtu.apps.imports.actions import bringing
from chuangtu.terms.viewer import OFFICER
from tests.apps.imports.conftest import AT, WHO

pytestmark = pytest.mark.django_db

CSV = "名称,单位类型\n甲公司,企业\n"


def full(*_, **__):
    raise OSError(28, "No space left on device")


def kept():
    """Every file but locks, with what it holds."""
    found = (settings.DATA / shelf.FOLDER).rglob("*")
    return {each: each.read_bytes() for each in found if each.is_file() and each.name != "lock"}


def database_full(*_, **__):
    raise OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("module", "step", "failure", "error"),
    [
        (shelf.os, "fsync", full, OSError),
        (shelf.os, "replace", full, OSError),
        (bringing, "read_into", full, OSError),
        (bringing, "note", database_full, OperationalError),
    ],
)
def test_a_file_that_could_not_be_brought_is_not_kept(
    bring, monkeypatch, module, step, failure, error
):
    monkeypatch.setattr(module, step, failure)

    with pytest.raises(error):
        bring(CSV)

    assert kept() == {}


def test_a_file_that_an_import_names_stays_when_it_cannot_be_brought_again(bring, monkeypatch):
    bring(CSV)
    before = kept()
    monkeypatch.setattr(bringing, "note", database_full)

    with pytest.raises(OperationalError):
        bring(CSV)

    assert kept() == before


def test_a_file_stays_while_another_process_may_be_bringing_the_same(bring, monkeypatch):
    monkeypatch.setattr(bringing, "note", database_full)

    with shelf.bringing(bool), pytest.raises(OperationalError):
        bring(CSV)

    assert list(kept().values()) == [CSV.encode()]


@pytest.mark.parametrize("step", ["lines", "rows"])
def test_a_preview_that_has_no_room_leaves_the_one_before(bring, monkeypatch, step):
    batch = bring(CSV)
    actions.preview(batch=batch, at=AT, **WHO)
    before = kept()
    if step == "lines":
        monkeypatch.setattr(shelf.np, "save", full)
    else:
        monkeypatch.setattr(shelf.LineWriter, "write", full)

    with pytest.raises(OSError, match="No space"):
        actions.preview(batch=batch, at=AT, **WHO)

    after = kept()
    assert {each.name for each in after} <= {each.name for each in before}
    assert queries.list_preview(batch, viewer=OFFICER).total == 1
    assert all(before[each] == body for each, body in after.items())
