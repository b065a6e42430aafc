"""Any row of any kind comes back as it was said, twice changes nothing, undo leaves nothing."""

from collections import Counter
from datetime import date
from decimal import Decimal

import orjson
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.actions import Outcome
from chuangtu.apps.registry.facts import clean
from chuangtu.apps.registry.facts.specs import day_specs, facet_specs, number_specs
from chuangtu.apps.registry.kinds import KINDS, all_fields
from chuangtu.apps.registry.models import Name, Relation, Resource, Site
from chuangtu.apps.registry.resolve.states import load_states
from chuangtu.terms.kind import FieldType
from chuangtu.terms.viewer import ADMINISTRATOR, VISITOR, Visibility
from tests.apps.registry.rows import AT, SAID, apply, code, create

pytestmark = pytest.mark.django_db
TEXTS = (
    st.text("上海闵行甲乙丙ab 12·（）\"'<>\\", min_size=1, max_size=12).map(str.strip).filter(bool)
)
DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))
PARTIES = ["上海当事一公司", "上海当事二公司", "上海当事三公司"]


def some(one):
    return st.lists(one, min_size=1, max_size=3)


def codes(field):
    return st.sampled_from([each.code for each in field.choices])


def decimals(field):
    low = field.minimum if field.minimum is not None else Decimal(-(10**6))
    return st.decimals(low, min(field.maximum, Decimal(10) ** 11), places=field.scale)


MAKERS = {
    FieldType.TEXT: lambda _: TEXTS,
    FieldType.LONG_TEXT: lambda _: TEXTS,
    FieldType.TEXTS: lambda _: some(TEXTS),
    FieldType.CODE: codes,
    FieldType.CODES: lambda field: some(codes(field)),
    FieldType.INTEGER: lambda f: st.integers(int(f.minimum or 0), int(f.maximum or 10**9)),
    FieldType.DECIMAL: decimals,
    FieldType.DATE: lambda _: DAYS,
    FieldType.BOOLEAN: lambda _: st.booleans(),
    FieldType.USCC: lambda _: st.integers(1, 10**8).map(code),
    FieldType.INDUSTRY: lambda _: st.sampled_from(["C", "39", "3962", "I65"]),
    FieldType.TOWN: lambda _: st.just("310112101"),
    FieldType.AREA: lambda _: st.just("zone:zizhu"),
    FieldType.PARTY: lambda _: st.sampled_from(PARTIES),
    FieldType.PARTIES: lambda _: some(st.sampled_from(PARTIES)),
    FieldType.URL: lambda _: st.just("https://example.cn/a"),
}


def row_of(kind):
    fields = {each.name: MAKERS[each.type](each) for each in all_fields(kind) if each.of != "fund"}
    needed = {name: made for name, made in fields.items() if name == "name"}
    needed |= {each.name: fields[each.name] for each in all_fields(kind) if each.required}
    others = {name: made for name, made in fields.items() if name not in needed}
    rows = st.fixed_dictionaries(needed, optional=others)
    return rows.filter(lambda row: not clean(kind, row).findings)


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=8,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # each step writes: shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_what_is_said_comes_back(kind, data):
    from django.db import transaction

    row = data.draw(row_of(kind))
    with transaction.atomic():
        for name in PARTIES:
            create(name=name)
        before = Counter(model.objects.count() for model in (Resource, Name, Site, Relation))
        meant = clean(kind, row).values

        first = apply(kind, [row], act="first")
        again = apply(kind, [row], act="again")

        assert first.counts == {Outcome.NEW: 1}, first.findings
        assert again.counts == {Outcome.SAME: 1}, again.findings
        number = first.ids[0]
        _holds(kind, number, meant)
        _is_published(kind, number)
        actions.undo(act="first", by="tester", at=AT)
        after = Counter(model.objects.count() for model in (Resource, Name, Site, Relation))
        assert after == before
        transaction.set_rollback(True)


def _holds(kind, number, meant):
    record = queries.get_record(number, ADMINISTRATOR)
    names = {each.id: each.name for each in record.relations}
    for field in all_fields(kind):
        said = meant.get(field.name)
        if said is None or field.name in ("source", "source_date"):
            continue
        held = record.values[field.name]
        if field.type is FieldType.PARTY:
            assert [names[each] for each in held] == [said]
        elif field.type is FieldType.PARTIES:
            assert {names[each] for each in held} == set(said)
        elif field.type is FieldType.TEXTS and field.role:
            assert set(held) == set(said)
        elif field.name == "crs" and "longitude" not in meant:
            continue
        elif field.name.endswith(("longitude", "latitude")):
            assert float(held) == float(said)
        else:
            assert held == said, field.name


def _is_published(kind, number):
    (row,) = queries.published([number])
    assert row in [each for rows in queries.iter_published(2) for each in rows]
    assert orjson.loads(orjson.dumps(row.payload)) == row.payload
    assert {*row.facets, *row.lists} - {"area"} <= set(facet_specs())
    assert set(row.numbers) <= set(number_specs())
    assert set(row.days) <= set(day_specs())
    for name, spec in facet_specs().items():
        if spec.choices and spec.kinds and kind in spec.kinds:
            codes = {each.code for each in spec.choices}
            held = row.lists.get(name) or (row.facets.get(name),)
            assert set(held) <= codes | {None}, name
    assert all(visibility >= row.visibility for visibility in row.documents)
    hidden = [
        f.name for f in all_fields(kind) if f.visibility > Visibility.PUBLIC and f.role is None
    ]
    public = row.documents.get(Visibility.PUBLIC)
    if public is not None:
        texts = {*public.names, *public.texts, *public.codes}
        for name in hidden:
            value = row.payload["values"].get(name)
            assert not isinstance(value, str) or len(value) < 4 or value not in texts


@pytest.mark.parametrize("kind", KINDS)
@settings(
    max_examples=8,
    deadline=None,
    phases=(
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ),  # each step writes: shrinking takes minutes
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_a_change_and_its_undoing_restore_every_value(kind, data):
    from django.db import transaction

    row, later = data.draw(row_of(kind)), data.draw(row_of(kind))
    with transaction.atomic():
        for name in PARTIES:
            create(name=name)
        number = apply(kind, [row], act="first").ids[0]
        version, before = load_states(kind, [number])[number]
        try:
            actions.change(id=number, values=later, version=version, act="second", **SAID)
        except actions.RefusedError as error:
            # The two rows may contradict each other: then nothing has happened.
            assert error.findings  # noqa: PT017 - both outcomes are right, and told apart here
        after_version, after = load_states(kind, [number])[number]
        if after != before:
            assert after_version == version + 1
            actions.undo(act="second", by="tester", at=AT)
            assert load_states(kind, [number])[number][1] == before
        transaction.set_rollback(True)


def test_a_visitor_sees_no_hidden_field_of_any_kind():
    for kind in KINDS.values():
        hidden = [each.name for each in kind.fields if each.visibility > Visibility.PUBLIC]
        shown = [each.name for each in kind.visible_fields(VISITOR)]
        assert not set(hidden) & set(shown)
