"""Forms come from the declarations and agree with files."""

import pytest
from django import forms
from django.utils import translation

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.forms import form_for, initial_of, visible_fields
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registry.rows import FIRM, SAID, create

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_the_form_of_a_kind_has_every_field_its_editor_may_see(kind):
    form = form_for(kind, OFFICER)()

    assert [*form.fields] == ["version", *(f.name for f in visible_fields(kind, OFFICER))]
    assert form.as_p()


def test_labels_follow_the_language_and_name_the_unit():
    form = form_for("organization")()

    assert form["registered_capital_yuan"].label == "注册资本（元）"
    with translation.override("en"):
        assert form["registered_capital_yuan"].label == "Registered capital (yuan)"


def test_a_hidden_field_is_not_in_a_visitors_form():
    assert "contact" in form_for("organization", OFFICER).base_fields
    assert "contact" not in form_for("organization", VISITOR).base_fields


def test_a_wrong_value_is_told_beside_its_field():
    form = form_for("organization")({"name": "上海某公司", "uscc": "123", "staff_count": "-1"})

    assert not form.is_valid()
    assert "18" in form.errors["uscc"][0]
    assert "范围" in form.errors["staff_count"][0]
    with translation.override("en"):
        again = form_for("organization")({"name": "上海某公司", "uscc": "123"})
        assert "18 characters" in again.errors["uscc"][0]


def test_a_missing_required_field_is_told_in_a_sentence():
    form = form_for("recognition")({"holder": "上海某公司"})

    assert form.errors["title"] == ["缺少“认定名称”，这一项必须填写。请补上。"]
    assert "name" not in form.errors


def test_what_a_form_shows_saves_back_unchanged():
    parent = create(name="上海母公司")
    number = create(
        **FIRM, parent=parent, is_above_size="是", brand_names="甲；乙", listing="科创板"
    )
    record = queries.get_record(number, ADMINISTRATOR)
    shown = initial_of(record, ADMINISTRATOR)
    form_class = form_for("organization", ADMINISTRATOR, is_new=False)
    form = form_class({k: v for k, v in shown.items() if k not in ("source", "source_date")})

    assert form.is_valid(), form.errors
    version = actions.change(
        id=number, values=form.values, version=form.cleaned_data["version"], **SAID
    )

    assert version == record.version
    assert form.values["parent"] == parent


def test_an_emptied_field_is_unknown_again():
    number = create(**FIRM)
    record = queries.get_record(number, ADMINISTRATOR)
    form = form_for("organization", ADMINISTRATOR, is_new=False)(
        {**initial_of(record, ADMINISTRATOR), "industry": "", "former_names": ""}
    )

    assert form.is_valid(), form.errors
    actions.change(id=number, values=form.values, version=1, **SAID)

    values = queries.get_record(number, ADMINISTRATOR).values
    assert "industry" not in values
    assert "former_names" not in values


def test_findings_of_an_action_come_back_to_their_fields():
    form = form_for("carrier")(
        {"name": "某孵化器", "carrier_type": "incubator", "operator": "无名"}
    )
    assert form.is_valid()

    with pytest.raises(actions.RefusedError) as caught:
        actions.create(kind="carrier", values=form.values, **SAID)
    form.refuse(caught.value.findings)

    assert "不在名录中" in form.errors["operator"][0]


def test_yes_no_and_unknown_are_three_things():
    field = form_for("instrument")().fields["is_shared"]

    assert isinstance(field, forms.ChoiceField)
    assert [code for code, _ in field.choices] == ["", "yes", "no"]


def test_a_form_offers_the_classes_its_editor_may_see():
    def offered(viewer):
        return [code for code, _ in form_for("carrier", viewer)().fields["visibility"].choices]

    assert offered(OFFICER) == ["", "public", "internal"]
    assert offered(ADMINISTRATOR) == ["", "public", "internal", "restricted"]
