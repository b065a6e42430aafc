"""Two records of one organization become one, and two again."""

import random

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Relation, Resource
from chuangtu.apps.registry.resolve.states import load_states
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, VISITOR
from tests.apps import registers
from tests.apps.registry.rows import AT, code, create

pytestmark = pytest.mark.django_db


def unite(keep, drop, **more):
    versions = tuple(queries.get_record(each, ADMINISTRATOR).version for each in (keep, drop))
    given = {"versions": versions, "by": "tester", "at": AT} | more
    return actions.unite_records(keep=keep, drop=drop, **given)


def everything():
    kinds = dict(Resource.objects.values_list("id", "kind"))
    states = {}
    for kind in set(kinds.values()):
        held = load_states(kind, [each for each, of in kinds.items() if of == kind])
        states |= {number: (kind, state) for number, (_, state) in held.items()}
    return states


def test_what_only_one_says_stays_with_its_source():
    keep = create(name="上海一达科技有限公司", staff_count=12)
    drop = create(name="上海壹達科技有限公司", uscc=code(7), staff_count=15, listing="star")

    before = everything()
    act = unite(keep, drop)

    record = queries.get_record(keep, VISITOR)
    assert (record.values["uscc"], record.values["staff_count"]) == (code(7), 12)
    assert record.values["listing"] == "star"
    assert record.sources["uscc"].title == "测试文件"
    assert ("variant", "上海壹達科技有限公司") in {(e["kind"], e["text"]) for e in record.names}
    with pytest.raises(NotVisibleError):
        queries.get_record(drop, VISITOR)
    actions.undo(act=act, by="tester", at=AT)
    assert everything() == before


def test_of_two_values_the_chosen_one_holds():
    keep = create(name="上海一达科技有限公司", staff_count=12, founded_on="2001-01-01")
    drop = create(name="上海一达新科技有限公司", staff_count=15, founded_on="2002-02-02")

    unite(keep, drop, takes={"name", "staff_count"}, name_kind="former")

    record = queries.get_record(keep, VISITOR)
    assert (record.name, record.values["staff_count"]) == ("上海一达新科技有限公司", 15)
    assert str(record.values["founded_on"]) == "2001-01-01"
    assert [(e["kind"], e["text"]) for e in record.names] == [("former", "上海一达科技有限公司")]


def test_what_named_the_one_names_the_other():
    keep, drop = create(name="上海一达科技有限公司"), create(name="上海壹達科技有限公司")
    title = create("recognition", title="hnte", holder=drop, valid_from="2020-01-01")
    child = create(name="上海一达子公司", parent=drop)

    unite(keep, drop)

    assert not Relation.objects.filter(object_id=drop).exists()
    held = queries.get_record(title, VISITOR)
    assert [each.id for each in held.relations] == [keep]
    assert "上海一达科技有限公司" in held.name
    assert queries.get_record(child, VISITOR).values["parent"] == (keep,)


def test_a_title_that_both_held_is_one_title():
    keep, drop = create(name="上海一达科技有限公司"), create(name="上海壹達科技有限公司")
    same = {"title": "hnte", "valid_from": "2020-01-01"}
    first = create("recognition", holder=keep, **same)
    second = create("recognition", holder=drop, valid_until="2023-01-01", **same)
    other = create("recognition", holder=drop, title="hnte", valid_from="2017-01-01")

    act = unite(keep, drop)

    roles = {each.id for each in queries.get_record(keep, VISITOR).roles}
    assert roles == {first, other}
    assert str(queries.get_record(first, VISITOR).values["valid_until"]) == "2023-01-01"
    actions.undo(act=act, by="tester", at=AT)
    assert {each.id for each in queries.get_record(drop, VISITOR).roles} == {second, other}


def test_neither_is_its_own_parent():
    keep = create(name="上海一达科技有限公司")
    drop = create(name="上海一达科技公司", parent=keep)

    unite(keep, drop)

    assert "parent" not in queries.get_record(keep, VISITOR).values


def test_the_old_number_leads_to_the_one_that_stays_until_it_is_undone():
    first, second, third = (create(name=f"上海{each}达公司") for each in "一二三")

    act = unite(second, first)
    later = unite(third, second)

    assert queries.find_successor(first, VISITOR) == third
    actions.undo(act=later, by="tester", at=AT)
    actions.undo(act=act, by="tester", at=AT)
    assert queries.find_successor(first, VISITOR) == first
    assert queries.find_successor(987_654_321, VISITOR) is None


def test_who_was_overtaken_is_told():
    keep, drop = create(name="上海一达科技有限公司"), create(name="上海壹達科技有限公司")
    versions = (1, 1)
    registers.alter(drop, staff_count=3)

    with pytest.raises(actions.StaleError):
        unite(keep, drop, versions=versions)

    assert queries.get_record(drop, VISITOR).values["staff_count"] == 3


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"kind": "carrier", "carrier_type": "incubator"}, "of one kind"),
        ({"visibility": "internal"}, "same people"),
    ],
)
def test_what_is_not_alike_stays_two(other, sentence):
    keep = create(name="上海一达科技有限公司")
    drop = create(**{"name": "上海壹達科技有限公司"} | other)

    with pytest.raises(actions.RefusedError, match=sentence):
        unite(keep, drop)
    with pytest.raises(actions.RefusedError, match="one record"):
        unite(keep, keep)

    assert Resource.objects.count() == 2


def test_every_merge_is_undone_exactly():
    rng = random.Random(20_161)
    registers.district()
    registers.fill(rng, 25)
    firms = list(Resource.objects.filter(kind="organization").order_by("id"))
    united = 0
    for _ in range(60):
        keep, drop = rng.sample(firms, 2)
        if keep.visibility != drop.visibility:
            continue
        before, standing = everything(), named()
        takes = {f for f in ("name", "uscc", "longitude", "parent", "town") if rng.random() < 0.5}
        try:
            act = unite(keep.pk, drop.pk, takes=takes, viewer=ADMINISTRATOR)
        except actions.RefusedError:
            assert everything() == before
            continue

        assert len(everything()) < len(before)
        assert drop.pk not in {number for pair in named() for number in pair}
        actions.undo(act=act, by="tester", at=AT)

        assert everything() == before
        assert named() == standing
        united += 1
    assert united > 10
    assert journal.find_broken() is None


def named():
    return set(Relation.objects.values_list("subject", "object"))
