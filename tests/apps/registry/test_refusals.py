"""A refusal names only records that whoever is refused may see."""

import pytest

from chuangtu.apps.registry import actions
from chuangtu.apps.registry.models import Resource
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR, Visibility
from tests.apps.registry.rows import AT, SAID, apply, create

pytestmark = pytest.mark.django_db
CLASSES = [each.name.lower() for each in Visibility]
VIEWERS = [VISITOR, OFFICER, ADMINISTRATOR]
OTHERS = ("您看不到的记录", "you cannot see")


def said(caught):
    return caught.value.zh + caught.value.en


def assert_told(caught, viewer, names):
    """Each name exactly where the viewer may see its class; the others without a number."""
    sentence = said(caught)
    seen = [name for name, code in names if viewer.can_see(Visibility[code.upper()])]
    hidden = [name for name, _ in names if name not in seen]
    assert not any(name in sentence for name in hidden)
    assert any(name in sentence for name in seen) or not seen
    assert all(each in sentence for each in OTHERS) == bool(hidden)


@pytest.mark.parametrize("classes", [(a, b) for a in CLASSES for b in CLASSES])
@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda each: each.role.value)
def test_a_removal_is_refused_by_records_that_may_be_seen(viewer, classes):
    firm = create(name="某公司")
    names = [(f"基金{place}号", code) for place, code in enumerate(classes)]
    for name, code in names:
        create(kind="fund", fund_type="angel", name=name, manager=firm, visibility=code)

    with pytest.raises(actions.RefusedError) as caught:
        actions.remove(id=firm, version=1, by="tester", at=AT, viewer=viewer)

    assert_told(caught, viewer, names)
    assert "某公司" in said(caught)


@pytest.mark.parametrize("code", CLASSES)
@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda each: each.role.value)
def test_an_undoing_is_refused_by_records_that_may_be_seen(viewer, code):
    apply("organization", [{"name": "某公司"}], act="first")
    create(kind="fund", fund_type="angel", name="某基金", manager="某公司", visibility=code)

    with pytest.raises(actions.RefusedError) as caught:
        actions.undo(act="first", by="tester", at=AT, viewer=viewer)

    assert_told(caught, viewer, [("某基金", code)])


def test_a_record_of_an_act_that_was_hidden_since_is_not_named():
    apply("organization", [{"name": "某公司"}], act="first")
    number = Resource.objects.get().pk
    change(number, visibility="restricted")
    create(kind="fund", fund_type="angel", name="某基金", manager=number)

    with pytest.raises(actions.UndoError) as caught:
        actions.undo(act="first", by="tester", at=AT, viewer=OFFICER)

    assert "某公司" not in said(caught)
    assert str(number) not in said(caught)


@pytest.mark.parametrize("code", CLASSES)
@pytest.mark.parametrize("viewer", VIEWERS, ids=lambda each: each.role.value)
def test_a_later_change_of_a_record_is_told_to_those_who_see_it(viewer, code):
    apply("organization", [{"name": "某公司", "visibility": code}], act="first")
    change(Resource.objects.get().pk, staff_count=7)

    with pytest.raises(actions.UndoError) as caught:
        actions.undo(act="first", by="tester", at=AT, viewer=viewer)

    assert_told(caught, viewer, [("某公司", code)])


def test_a_record_that_was_set_right_in_its_form_stands_in_nobodys_way():
    apply("organization", [{"name": "某公司", "staff_count": 3}], act="first")
    number = Resource.objects.get().pk
    change(number, staff_count=7)
    with pytest.raises(actions.UndoError, match="set the record right"):
        actions.undo(act="first", by="tester", at=AT)

    change(number, staff_count=3)
    actions.undo(act="first", by="tester", at=AT)

    assert not Resource.objects.exists()


def test_a_record_of_the_act_that_was_removed_since_stands_in_nobodys_way():
    apply("organization", [{"name": "某公司"}, {"name": "另一公司"}], act="first")
    gone = Resource.objects.get(name="某公司").pk
    actions.remove(id=gone, version=1, by="tester", at=AT)

    assert actions.undo(act="first", by="tester", at=AT) == 1
    assert not Resource.objects.exists()


def test_a_record_that_was_changed_by_the_act_and_removed_since_is_told():
    number = create(name="某公司")
    apply("organization", [{"name": "某公司", "staff_count": 3}], act="first")
    actions.remove(id=number, version=2, by="tester", at=AT)

    with pytest.raises(actions.UndoError):
        actions.undo(act="first", by="tester", at=AT)


def change(number, **values):
    version = Resource.objects.get(pk=number).version
    actions.change(id=number, version=version, values=values, **SAID)
