"""Declarations are complete and agree with the tables, with one another and with the map."""

import re

import pytest
from django.db import models

from chuangtu.apps.registry.facts.specs import day_specs, facet_specs, number_specs
from chuangtu.apps.registry.facts.state import stored_fields
from chuangtu.apps.registry.kinds import COMMON, KINDS, all_fields, field_of, kind_of
from chuangtu.apps.registry.models import detail_model
from chuangtu.terms.kind import FieldType

FIELDS = [(kind.name, field) for kind in KINDS.values() for field in kind.fields]
FIELD_IDS = [f"{kind}-{field.name}" for kind, field in FIELDS]
COLUMNS = {
    FieldType.TEXT: models.CharField,
    FieldType.LONG_TEXT: models.TextField,
    FieldType.TEXTS: models.JSONField,
    FieldType.CODE: models.CharField,
    FieldType.CODES: models.JSONField,
    FieldType.INTEGER: models.BigIntegerField,
    FieldType.DECIMAL: models.DecimalField,
    FieldType.DATE: models.DateField,
    FieldType.BOOLEAN: models.BooleanField,
    FieldType.USCC: models.CharField,
    FieldType.INDUSTRY: models.CharField,
    FieldType.URL: models.CharField,
}
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def test_the_kinds_are_in_reading_order():
    assert list(KINDS)[:13] == [
        "organization",
        "recognition",
        "rd_body",
        "carrier",
        "zone",
        "platform",
        "alliance",
        "instrument",
        "patent",
        "fund",
        "workstation",
        "venue",
        "service_agency",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_of_a_kind_has_exactly_its_stored_fields(kind):
    columns = [each for each in detail_model(kind)._meta.concrete_fields if not each.primary_key]

    assert [each.name for each in columns] == [each.name for each in stored_fields(kind)]
    for column, field in zip(columns, stored_fields(kind), strict=True):
        assert type(column) is COLUMNS[field.type], f"{kind}.{field.name}"
        assert column.verbose_name == field.zh, f"{kind}.{field.name}"
        if field.type is FieldType.DECIMAL:
            assert column.decimal_places == field.scale


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=FIELD_IDS)
def test_a_field_is_labelled_in_both_languages_and_described_wholly(kind, field):
    assert CHINESE.search(field.zh)
    assert field.en[0].isupper() or field.en.startswith("R&D")
    assert not CHINESE.search(field.en)
    assert bool(field.unit) == bool(field.unit_en)
    assert bool(field.note_zh) == bool(field.note_en)
    assert bool(field.choices) == (field.type in (FieldType.CODE, FieldType.CODES))
    assert field.zh not in field.aliases, "an alias repeats the label"


@pytest.mark.parametrize(("kind", "field"), FIELDS, ids=FIELD_IDS)
def test_a_related_record_has_a_role_and_a_kind(kind, field):
    if field.type in (FieldType.PARTY, FieldType.PARTIES):
        assert field.role
        assert field.of in KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_is_known_by_is_declared(kind):
    declared = kind_of(kind)

    for name in {n for group in declared.identity for n in group}:
        assert field_of(kind, name) is not None, name
    for name in (*declared.starts, *declared.ends):
        assert field_of(kind, name).type is FieldType.DATE, name
    for name in declared.name_from:
        assert declared.by_name[name]
    roles = {each.role for each in declared.fields}
    assert declared.located_by is None or declared.located_by in roles


@pytest.mark.parametrize("kind", KINDS)
def test_headers_of_one_template_are_told_apart(kind):
    headers = [each.header for each in all_fields(kind)]
    names = [each.name for each in all_fields(kind)]

    assert len(set(headers)) == len(headers)
    assert len(set(names)) == len(names)


def test_codes_and_styles_of_kinds_are_their_own():
    codes = [each.code for each in KINDS.values()]
    styles = [(each.style.colour, each.style.shape) for each in KINDS.values()]

    assert len(set(codes)) == len(codes)
    assert len(set(styles)) == len(styles)
    assert all(0 <= each.style.colour < 12 for each in KINDS.values())


def test_a_name_used_by_several_kinds_means_one_thing():
    seen = {}
    for kind, field in FIELDS:
        first = seen.setdefault(field.name, (kind, field))[1]
        assert first.type is field.type, f"{field.name} of {kind}"
        assert first.visibility is field.visibility, f"{field.name} of {kind}"
        assert first.unit == field.unit, f"{field.name} of {kind}"
        labels = {each.code: each.zh for each in first.choices}
        for each in field.choices:
            assert labels.setdefault(each.code, each.zh) == each.zh
    assert not seen.keys() & {each.name for each in COMMON}


def test_facets_numbers_and_days_are_named_apart():
    names = [*facet_specs(), *number_specs(), *day_specs()]

    assert len(set(names)) == len(names)
    assert not set(names) & {"kind", "q", "as_of", "bbox", "circle", "polygon", "area"}
    assert facet_specs()["industry_section"].choices[2].code == "C"
    assert facet_specs()["body_titles"].is_list
    assert facet_specs()["town"].kinds == ()
    assert "carrier" in facet_specs()["level"].kinds
    assert number_specs()["area_sqkm"].scale == 4
    assert day_specs()["valid_until"].kinds == ()


def test_no_party_is_itself_named_after_others():
    named_after = {name for name, each in KINDS.items() if each.name_from}

    for kind, field in FIELDS:
        if field.type in (FieldType.PARTY, FieldType.PARTIES):
            # Else a name shown as a party's could give away a hidden one.
            assert field.of not in named_after, f"{field.name} of {kind}"


def test_personal_data_is_not_public():
    for kind, name in (
        ("patent", "inventors"),
        ("workstation", "experts"),
        ("rd_body", "director"),
        ("organization", "contact"),
    ):
        assert field_of(kind, name).visibility > 0
