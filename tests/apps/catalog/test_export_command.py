"""The console answers the same question with the same file as an address."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import OFFICER, VISITOR

pytestmark = pytest.mark.django_db


def export(tmp_path, *conditions, **options):
    path = tmp_path / "out.csv"
    call_command("export", *conditions, output=str(path), **options)
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


@pytest.mark.parametrize(("role", "viewer"), [("visitor", VISITOR), ("officer", OFFICER)])
def test_the_file_has_the_records_of_the_question_for_each_viewer(
    register, tmp_path, role, viewer
):
    rows = export(tmp_path, "kind=patent", "kind=carrier", "as_of=any", role=role)

    asked = Selection(kinds=("patent", "carrier"), viewer=viewer)
    assert len(rows) == snapshots.count(asked).total
    assert ("联系方式" in rows[0]) == (viewer is OFFICER)


def test_a_file_that_breaks_off_is_not_taken_for_a_whole_one(register, tmp_path, monkeypatch):
    from chuangtu.apps.catalog.management.commands import export as command
    from chuangtu.apps.catalog.queries.exports import File

    def broken(*_, **__):
        def pieces():
            yield b"a"
            raise OSError("disk full")

        return File(1, "text/csv", pieces())

    monkeypatch.setattr(command, "export", broken)

    with pytest.raises(OSError, match="disk full"):
        export(tmp_path)

    assert not list(tmp_path.glob("out.csv*"))


@pytest.mark.parametrize("condition", ["kind", "kind=nonsense", "nonsense=1", "as_of=yesterday"])
def test_a_condition_that_makes_no_sense_is_a_sentence(register, tmp_path, condition):
    with pytest.raises(CommandError, match="。"):
        export(tmp_path, condition)


def test_an_output_without_a_known_ending_asks_for_the_format(register, tmp_path):
    with pytest.raises(CommandError, match="--format"):
        call_command("export", output=str(tmp_path / "out.doc"))


def test_the_file_can_go_to_the_terminal(register, capfdbinary):
    call_command("export", "kind=fund", "as_of=any", output="-", format="csv")

    assert capfdbinary.readouterr().out.startswith(b"\xef\xbb\xbf")
