"""A name that a record bore while it was hidden stays hidden when the record is shown."""

import pytest

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.forms import OPENED, form_for
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registry.rows import AT, SAID, apply, create

pytestmark = pytest.mark.django_db
OLD, NEW = "暗号机密公司", "上海公开公司"


def change(number, act="", viewer=ADMINISTRATOR, **values):
    version = Resource.objects.get(pk=number).version
    opens = values.pop("opens", ())
    actions.change(
        id=number, version=version, values=values, act=act, viewer=viewer, opens=opens, **SAID
    )


@pytest.fixture(params=["one edit", "two edits"])
def shown(request):
    """A record that was renamed while it was internal, and is public now."""
    number = create(name=OLD, visibility="internal")
    if request.param == "one edit":
        change(number, name=NEW, visibility="public")
    else:
        change(number, name=NEW)
        change(number, visibility="public")
    return number


def found(viewer, words=OLD):
    return snapshots.count(Selection(words=words, viewer=viewer)).total


def everything(number, client):
    """What visitors read of a record, as one text."""
    pages = [
        client.get(f"/resources/{number}"),
        client.get(f"/api/v1/resources/{number}"),
        client.get("/api/v1/resources"),
        client.get("/api/v1/suggest", query_params={"q": OLD[:2]}),
        client.get("/api/v1/search", query_params={"q": OLD[:2]}),
    ]
    export = b"".join(client.get("/export.csv", query_params={"as_of": "any"}))
    return "".join(each.content.decode() for each in pages) + export.decode()


@pytest.mark.parametrize("is_published", [False, True])
def test_it_is_told_to_officers_and_to_no_visitor(shown, client, is_published):
    if is_published:
        publish(at=AT)

    assert NEW in everything(shown, client)
    assert OLD not in everything(shown, client)
    assert (found(VISITOR), found(OFFICER)) == (0, 1)
    assert "former_names" not in queries.get_record(shown, VISITOR).values
    assert queries.get_record(shown, OFFICER).values["former_names"] == (OLD,)
    assert OLD not in repr(queries.history(shown, VISITOR))


def test_a_name_borne_in_public_is_told_to_all(client):
    number = create(name=OLD)
    change(number, name=NEW)

    assert OLD in everything(number, client)
    assert found(VISITOR) == 1


def test_an_officer_may_open_it(shown, client):
    change(shown, viewer=OFFICER, opens=[OLD])

    assert queries.get_record(shown, VISITOR).values["former_names"] == (OLD,)
    assert found(VISITOR) == 1


def test_an_edit_and_an_import_of_the_names_leave_it_hidden(shown):
    change(shown, viewer=OFFICER, former_names=[OLD, "上海旧公司"])
    applied = apply(
        "organization", [{"name": NEW, "former_names": f"{OLD}；上海旧公司"}], viewer=OFFICER
    )

    assert applied.counts == {actions.Outcome.SAME: 1}
    assert queries.get_record(shown, VISITOR).values["former_names"] == ("上海旧公司",)


def test_who_may_not_see_a_name_does_not_remove_it():
    number = create(name=OLD, visibility="restricted")
    change(number, name=NEW, visibility="internal")

    change(number, viewer=OFFICER, former_names=["上海旧公司"])
    change(number, viewer=OFFICER, opens=[OLD])

    assert queries.get_record(number, OFFICER).values["former_names"] == ("上海旧公司",)
    assert set(queries.get_record(number, ADMINISTRATOR).values["former_names"]) == {
        "上海旧公司",
        OLD,
    }
    assert found(OFFICER) == 0


def test_an_undoing_brings_the_names_back_as_hidden_as_they_were(shown):
    change(shown, act="open", opens=[OLD])

    actions.undo(act="open", by="tester", at=AT)

    assert "former_names" not in queries.get_record(shown, VISITOR).values
    assert queries.get_record(shown, OFFICER).values["former_names"] == (OLD,)


def test_a_hidden_former_name_names_no_party():
    number = create(name=OLD, visibility="restricted")
    change(number, name=NEW, visibility="public")

    (plan,) = queries.match_rows(
        "fund", [{"name": "甲基金", "fund_type": "angel", "manager": OLD}], viewer=OFFICER
    )

    assert plan.outcome is actions.Outcome.WRONG


def test_the_form_offers_to_open_it(shown):
    form = form_for("organization", OFFICER, is_new=False)(
        record=queries.get_record(shown, OFFICER)
    )
    other = form_for("organization", OFFICER, is_new=False)(
        record=queries.get_record(create(name="别的公司"), OFFICER)
    )

    assert [each for each, _ in form.fields[OPENED].choices] == [OLD]
    assert OPENED not in other.fields
