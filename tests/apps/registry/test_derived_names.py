"""A name that nobody gave follows what it is made of, and gives nobody away."""

from __future__ import annotations

import json
import random

import pytest

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.actions import Outcome
from chuangtu.apps.registry.forms import form_for
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.snapshots.visible import may_see, seen
from chuangtu.terms.errors import ChuangtuError, NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registry.rows import AT, SAID, apply, create

pytestmark = pytest.mark.django_db
NAMED = {"recognition": ("holder", "title"), "workstation": ("host", "workstation_type")}
"""Kind whose records are named by what they say → the party and the code they are named by."""


def label(kind, field, code):
    return next(each.zh for each in KINDS[kind].by_name[field].choices if each.code == code)


def test_every_kind_with_a_derived_name_is_tried_here():
    assert set(NAMED) == {name for name, each in KINDS.items() if each.name_from}


@pytest.fixture(params=NAMED)
def named(request):
    kind = request.param
    party, code = NAMED[kind]
    codes = [each.code for each in KINDS[kind].by_name[code].choices[:2]]
    return kind, party, code, codes


def version_of(number):
    return Resource.objects.get(pk=number).version


def change(number, act="", **values):
    actions.change(id=number, version=version_of(number), values=values, act=act, **SAID)


def name_of(number):
    return Resource.objects.get(pk=number).name


def test_it_follows_an_exchange_of_the_party(named):
    kind, party, code, (first, _) = named
    secret = create(name="甲机密公司", visibility="internal")
    known = create(name="乙公开公司")
    number = create(kind=kind, **{party: secret, code: first})

    change(number, **{party: known})

    wanted = f"乙公开公司 · {label(kind, code, first)}"
    assert queries.get_record(number, VISITOR).name == wanted
    (row,) = queries.published([number])
    assert "甲机密公司" not in repr((row.payload, row.documents))
    assert "甲机密公司" not in repr(queries.history(number, VISITOR))
    assert "甲机密公司" in repr(queries.history(number, OFFICER))


def test_it_follows_though_the_form_sends_the_old_name_along(named):
    kind, party, code, (first, _) = named
    number = create(kind=kind, **{party: create(name="甲公司"), code: first})

    change(number, name=name_of(number), **{party: create(name="乙公司")})

    assert name_of(number) == f"乙公司 · {label(kind, code, first)}"


def test_it_follows_a_change_of_the_title(named):
    kind, party, code, (first, second) = named
    number = create(kind=kind, **{party: create(name="甲公司"), code: first})

    change(number, **{code: second})

    assert name_of(number) == f"甲公司 · {label(kind, code, second)}"


def test_a_name_that_somebody_gave_stays(named):
    kind, party, code, (first, second) = named
    number = create(kind=kind, name="自有名称", **{party: create(name="甲公司"), code: first})

    change(number, **{party: create(name="乙公司"), code: second})

    assert name_of(number) == "自有名称"


def test_a_name_given_later_stays_and_one_taken_away_is_derived_again(named):
    kind, party, code, (first, _) = named
    number = create(kind=kind, **{party: create(name="甲公司"), code: first})
    change(number, name="自有名称")
    change(number, **{party: create(name="乙公司")})
    assert name_of(number) == "自有名称"

    change(number, name="")
    assert name_of(number) == f"乙公司 · {label(kind, code, first)}"
    change(number, **{party: create(name="丙公司")})
    assert name_of(number) == f"丙公司 · {label(kind, code, first)}"


def test_who_writes_the_derived_name_gives_none(named):
    kind, party, code, (first, _) = named
    written = f"甲公司·{label(kind, code, first)}"
    number = create(kind=kind, name=written, **{party: create(name="甲公司"), code: first})

    change(number, **{party: create(name="乙公司")})

    assert name_of(number) == f"乙公司 · {label(kind, code, first)}"


def test_it_follows_in_an_import(named):
    kind, party, code, (first, _) = named
    create(name="甲公司")
    create(name="乙公司")
    numbered = {"name": "", "certificate_number": "GR1"} if kind == "recognition" else {}
    apply(kind, [{party: "甲公司", code: first, **numbered}], act="first")
    number = Resource.objects.get(kind=kind).pk
    row = {"name": name_of(number), party: "乙公司", code: first, **numbered}

    moved = apply(kind, [row | {"name": name_of(number)}], act="second")

    assert moved.counts == {Outcome.CHANGED: 1}
    assert name_of(number) == f"乙公司 · {label(kind, code, first)}"
    actions.undo(act="second", by="tester", at=AT)
    assert name_of(number) == f"甲公司 · {label(kind, code, first)}"
    row[party], row["name"] = "甲公司", name_of(number)
    assert apply(kind, [row], act="third").counts == {Outcome.SAME: 1}


def test_a_title_that_changes_in_a_row_without_the_holder_keeps_the_holders_name():
    create(name="甲公司")
    first, second = (each.code for each in KINDS["recognition"].by_name["title"].choices[:2])
    row = {"title": first, "certificate_number": "GR1", "holder": "甲公司"}
    apply("recognition", [row], act="first")
    number = Resource.objects.get(kind="recognition").pk

    change(number, title=second)

    assert name_of(number) == f"甲公司 · {label('recognition', 'title', second)}"


def test_an_undoing_names_the_party_as_it_is_called_now(named):
    kind, party, code, (first, _) = named
    old = create(name="甲公司")
    number = create(kind=kind, **{party: old, code: first})
    change(number, act="moved", **{party: create(name="乙公司")})
    change(old, name="甲新公司")

    actions.undo(act="moved", by="tester", at=AT)

    assert name_of(number) == f"甲新公司 · {label(kind, code, first)}"


def test_a_record_that_comes_back_names_the_party_as_it_is_called_now(named):
    kind, party, code, (first, _) = named
    old = create(name="甲公司")
    number = create(kind=kind, **{party: old, code: first})
    actions.remove(id=number, version=1, by="tester", at=AT, act="gone")
    change(old, name="甲新公司")

    actions.undo(act="gone", by="tester", at=AT)

    assert name_of(number) == f"甲新公司 · {label(kind, code, first)}"


def test_the_history_hides_how_a_party_was_called_while_it_was_hidden(named):
    kind, party, code, (first, _) = named
    firm = create(name="甲机密公司", visibility="internal")
    number = create(kind=kind, **{party: firm, code: first})
    change(firm, name="甲公开公司", visibility="public")
    change(number, description="后来的话")

    told = queries.history(number, VISITOR)

    assert "后来的话" in repr(told)
    assert "甲机密公司" not in repr(told)


def test_the_form_says_what_a_name_left_empty_follows(named):
    kind, party, code, _ = named
    note = str(form_for(kind, OFFICER)().fields["name"].help_text)

    assert all(f"“{KINDS[kind].by_name[each].zh}”" in note for each in (party, code))


def test_a_name_left_behind_by_earlier_versions_is_found_and_mended(named):
    kind, party, code, (first, _) = named
    create(name="甲公司")
    firm = create(name="乙公司")
    given = f"另起 · {label(kind, code, first)}"
    right = [
        create(kind=kind, **{party: firm, code: first}),
        create(kind=kind, name=given, **{party: create(name="丙公司"), code: first}),
    ]
    wrong = create(kind=kind, name="临时", **{party: create(name="丁公司"), code: first})
    kept = f"甲公司 · {label(kind, code, first)}"
    Resource.objects.filter(pk=wrong).update(name=kept, has_derived_name=False)
    Resource.objects.filter(pk__in=right).update(has_derived_name=False)
    assert queries.list_misnamed() == [wrong]

    change(wrong, name="")

    assert name_of(wrong) == f"丁公司 · {label(kind, code, first)}"
    assert queries.list_misnamed() == []


class Story:
    """A random sequence of edits, and what it leaves each viewer to know."""

    def __init__(self, seed, kind):
        self.rng = random.Random(seed)
        self.kind = kind
        self.party, self.code = NAMED[kind]
        self.codes = [each.code for each in KINDS[kind].by_name[self.code].choices[:3]]
        self.tokens = 0
        self.acts = []
        self.firms = [self.new_firm() for _ in range(3)]
        self.records = [
            create(kind=kind, **{self.party: self.rng.choice(self.firms), self.code: each})
            for each in self.codes
        ]

    def token(self):
        self.tokens += 1
        return f"暗号{self.tokens:03d}号"

    def visibility(self):
        return self.rng.choice(["public", "internal", "restricted"])

    def new_firm(self):
        return create(name=self.token(), visibility=self.visibility())

    def step(self):
        act = f"act-{len(self.acts)}-{self.tokens}"
        do = self.rng.choice(
            [self.rename, self.show, self.both, self.exchange, self.retitle, self.bring]
        )
        if self.acts and self.rng.random() < 0.2:
            act, do = self.rng.choice(self.acts), self.undo
        try:
            do(act)
            self.acts.append(act)
        except ChuangtuError:
            pass

    def rename(self, act):
        change(self.rng.choice(self.firms), act, name=self.token())

    def show(self, act):
        change(self.rng.choice(self.firms), act, visibility=self.visibility())

    def both(self, act):
        values = {"name": self.token(), "visibility": self.visibility()}
        change(self.rng.choice(self.firms), act, **values)

    def exchange(self, act):
        number = self.rng.choice(self.records)
        kept = {"name": name_of(number)} if self.rng.random() < 0.5 else {}
        change(number, act, **{self.party: self.rng.choice(self.firms)}, **kept)

    def retitle(self, act):
        change(self.rng.choice(self.records), act, **{self.code: self.rng.choice(self.codes)})

    def bring(self, act):
        number = self.rng.choice(self.records)
        row = {
            self.code: self.rng.choice(self.codes),
            self.party: self.rng.choice(self.firms),
        }
        if self.rng.random() < 0.5:
            row["name"] = name_of(number)
        apply(self.kind, [row], act=act, decisions={0: number})

    def undo(self, act):
        actions.undo(act=act, by="tester", at=AT)


def told_to(viewer, numbers):
    """Everything about these records that a viewer reads: pages, lists, search and history."""
    told = []
    for row in queries.published(numbers):
        payload = {
            **row.payload,
            "kind": row.kind,
            "name": row.name,
            "visibility": row.visibility,
        }
        if may_see(payload, viewer):
            told.append(seen(payload, viewer))
            told.append([repr(v) for k, v in row.documents.items() if viewer.can_see(k)])
    for number in numbers:
        try:
            told.append(repr(queries.get_record(number, viewer)))
            told.append(repr(queries.history(number, viewer)))
        except NotVisibleError:
            continue
    return json.dumps(told, ensure_ascii=False, default=str)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("kind", NAMED)
def test_no_sequence_of_edits_tells_a_hidden_name(kind, seed):
    story = Story(seed, kind)

    for _ in range(14):
        story.step()
        for viewer in (VISITOR, OFFICER):
            there = {each for each in story.firms if each in queries.names_of(story.firms, viewer)}
            hidden = set(story.firms) - there
            names = [each for firm in hidden for each in names_ever(firm)]
            told = told_to(viewer, story.records)
            assert [each for each in names if each in told] == []
        for number in story.records:
            assert_is_named_after_its_party(story, number)


def names_ever(firm):
    revisions = queries.history(firm, ADMINISTRATOR)
    states = [each for line in revisions for each in (line.before, line.after) if each]
    return {each["name"] for each in states if "name" in each}


def assert_is_named_after_its_party(story, number):
    record = queries.get_record(number, ADMINISTRATOR)
    (party,) = record.values[story.party]
    zh = label(story.kind, story.code, record.values[story.code])
    assert record.name == f"{name_of(party)} · {zh}"
