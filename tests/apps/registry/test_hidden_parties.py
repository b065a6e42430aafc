"""Nobody replaces or removes a party that is hidden from them."""

import pytest

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Resource
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.registry.rows import SAID, apply, create

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden():
    return create(name="机密集团", visibility="restricted")


@pytest.fixture
def firm(hidden):
    return create(name="上海子公司", parent=hidden)


def change(number, viewer=OFFICER, **values):
    version = Resource.objects.get(pk=number).version
    actions.change(id=number, version=version, values=values, viewer=viewer, **SAID)


def parents(number, field="parent"):
    return queries.get_record(number, ADMINISTRATOR).values.get(field)


@pytest.mark.parametrize("said", ["上海公开集团", ""])
def test_a_hidden_parent_is_not_replaced_by_a_form(hidden, firm, said):
    create(name="上海公开集团")

    with pytest.raises(actions.RefusedError) as caught:
        change(firm, parent=said)

    assert [each.field for each in caught.value.findings] == ["parent"]
    assert "机密集团" not in caught.value.zh + caught.value.en
    assert parents(firm) == (hidden,)


def test_a_hidden_parent_is_not_replaced_by_a_file(hidden, firm):
    create(name="上海公开集团")
    row = {"name": "上海子公司", "parent": "上海公开集团"}

    refused = apply("organization", [row], viewer=OFFICER)
    blank = apply("organization", [row | {"parent": "", "staff_count": 3}], viewer=OFFICER)

    assert refused.counts == {actions.Outcome.WRONG: 1}
    assert "机密集团" not in repr(refused.findings)
    assert blank.counts == {actions.Outcome.CHANGED: 1}
    assert parents(firm) == (hidden,)


def test_who_sees_the_parent_replaces_it(firm):
    open_ = create(name="上海公开集团")

    change(firm, viewer=ADMINISTRATOR, parent=open_)

    assert parents(firm) == (open_,)


def test_other_fields_are_changed_beside_a_hidden_parent(hidden, firm):
    change(firm, staff_count=7)
    change(firm, parent=f"[#{hidden}]", staff_count=8)

    assert parents(firm) == (hidden,)


def test_a_hidden_member_stays_among_others(hidden):
    known, fresh = create(name="上海甲公司"), create(name="上海乙公司")
    alliance = create(kind="alliance", name="某联盟", members=[known, hidden])

    change(alliance, members=[fresh])
    assert set(parents(alliance, "members")) == {fresh, hidden}
    applied = apply("alliance", [{"name": "某联盟", "members": "上海甲公司"}], viewer=OFFICER)

    assert applied.counts == {actions.Outcome.CHANGED: 1}
    assert set(parents(alliance, "members")) == {known, hidden}
