"""A record that is hidden from whoever brings a file is neither read, changed nor given away."""

import pytest

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.actions import Outcome
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER
from tests.apps.registry.rows import SAID, apply, code, create

pytestmark = pytest.mark.django_db
SECRET = {"name": "上海受限研究所", "uscc": code(7), "staff_count": 77, "visibility": "restricted"}


def planned(rows, kind="organization"):
    return list(queries.match_rows(kind, rows, viewer=OFFICER))


def test_a_row_with_a_hidden_credit_code_is_refused_and_told_nothing():
    number = create(**SECRET)
    row = {"name": "某某公司", "uscc": code(7), "staff_count": 5}

    (plan,) = planned([row])
    applied = apply("organization", [row], viewer=OFFICER)

    assert (plan.outcome, plan.id, plan.before) == (Outcome.WRONG, None, None)
    told = "".join(each.zh + each.en + each.value for each in plan.findings)
    assert SECRET["name"] not in told
    assert str(number) not in told.replace(code(7), "")
    assert not applied.is_written
    assert queries.get_record(number, ADMINISTRATOR).values["staff_count"] == 77


FIRM = "上海公开公司"
PATENT = {"patent_type": "invention", "owners": FIRM}
DEVICE = {"instrument_category": "analytical", "owner": FIRM}
TITLE = {"title": "hnte", "holder": FIRM}
NUMBERED = {
    "application_number": ("patent", PATENT | {"application_number": "CN2015A1"}, {}),
    "publication_number": (
        "patent",
        PATENT | {"application_number": "CN2015A1", "publication_number": "P7"},
        {"application_number": "CN2015A2"},
    ),
    "certificate_number": (
        "recognition",
        TITLE | {"certificate_number": "GR2015310001"},
        {"valid_from": "2016-01-01"},
    ),
    "asset_number": ("instrument", DEVICE | {"asset_number": "Z-1"}, {}),
    "area_code": ("zone", {"zone_type": "park", "area_code": "zone:secret"}, {}),
}
"""Field of a number → kind, a hidden record that bears it, what differs in an officer's row."""


@pytest.fixture(params=NUMBERED)
def numbered(request):
    kind, secret, other = NUMBERED[request.param]
    create(name=FIRM)
    number = create(kind=kind, **secret, name="受限之物", visibility="restricted")
    return request.param, kind, number, secret | other | {"name": "别的东西"}


def test_a_row_with_a_hidden_number_of_any_kind_is_refused_and_told_nothing(numbered):
    field, kind, number, row = numbered

    (plan,) = planned([row], kind)
    applied = apply(kind, [row], viewer=OFFICER)

    assert (plan.outcome, plan.id, plan.before) == (Outcome.WRONG, None, None)
    assert [each.field for each in plan.findings] == [field]
    assert plan.findings[0].value == row[field]
    assert "不对您开放" in plan.findings[0].zh
    told = "".join(each.zh + each.en for each in plan.findings)
    assert "受限" not in told
    assert str(number) not in told
    assert not applied.is_written


def test_a_form_with_a_hidden_number_of_any_kind_is_refused_at_that_field(numbered):
    field, kind, _, row = numbered
    mine = create(kind=kind, **row | {field: "another"})

    with pytest.raises(actions.RefusedError) as made:
        actions.create(kind=kind, values=row, viewer=OFFICER, **SAID)
    with pytest.raises(actions.RefusedError) as changed:
        actions.change(id=mine, version=1, values={field: row[field]}, viewer=OFFICER, **SAID)

    for caught in (made, changed):
        assert [each.field for each in caught.value.findings] == [field]


NAMED = [
    ("carrier", {"name": "某孵化器", "carrier_type": "incubator"}),
    ("workstation", {"name": "某站", "workstation_type": "academician", "host": FIRM}),
    ("recognition", TITLE | {"valid_from": "2015-01-01"}),
    ("instrument", DEVICE | {"name": "电镜", "instrument_model": "X1"}),
]


@pytest.mark.parametrize(("kind", "values"), NAMED)
def test_a_row_named_like_a_hidden_record_of_any_kind_makes_one_of_its_own(kind, values):
    create(name=FIRM)
    create(kind=kind, **values, visibility="restricted")

    by_form = actions.create(kind=kind, values=values, viewer=OFFICER, **SAID)
    actions.remove(id=by_form, version=1, by="tester", at=SAID["at"])
    applied = apply(kind, [values], viewer=OFFICER)

    assert applied.counts[Outcome.NEW] == 1


def test_a_row_with_a_hidden_name_makes_a_record_of_its_own():
    number = create(**SECRET)

    applied = apply("organization", [{"name": SECRET["name"], "staff_count": 9}], viewer=OFFICER)

    assert applied.counts[Outcome.NEW] == 1
    assert applied.ids[0] != number
    assert queries.get_record(number, ADMINISTRATOR).values["staff_count"] == 77


def test_a_hidden_former_name_raises_no_doubt():
    create(**SECRET, former_names="上海旧所")

    (plan,) = planned([{"name": "上海旧所"}])

    assert plan.outcome is Outcome.NEW


@pytest.mark.parametrize("said", [SECRET["name"], code(7)])
def test_a_hidden_party_is_as_unknown_as_any(said):
    create(**SECRET)
    strange = code(8) if said == code(7) else "无此单位"

    hidden, unknown = planned(
        [{"name": "甲基金", "manager": said}, {"name": "乙基金", "manager": strange}], "fund"
    )

    assert hidden.outcome is unknown.outcome is Outcome.WRONG
    sentences = [
        plan.findings[0].zh.replace(plan.findings[0].value, "") for plan in (hidden, unknown)
    ]
    assert sentences[0] == sentences[1]


def test_the_form_does_not_say_which_record_bears_a_hidden_code():
    number = create(**SECRET)

    with pytest.raises(actions.RefusedError) as caught:
        actions.create(
            kind="organization",
            values={"name": "某某公司", "uscc": code(7)},
            viewer=OFFICER,
            **SAID,
        )

    assert str(number) not in "".join(each.zh for each in caught.value.findings)


def test_a_changed_code_is_not_told_whose_it_is():
    number, mine = create(**SECRET), create(name="上海公开公司")

    with pytest.raises(actions.RefusedError) as caught:
        actions.change(id=mine, version=1, values={"uscc": code(7)}, viewer=OFFICER, **SAID)

    assert str(number) not in "".join(each.zh for each in caught.value.findings)


def test_nobody_writes_a_class_that_is_hidden_from_them():
    (plan,) = planned([{"name": "某某公司", "visibility": "restricted"}])

    assert plan.outcome is Outcome.WRONG
    assert plan.findings[0].field == "visibility"


def test_nobody_hides_a_record_from_themselves():
    number = create(name="上海公开公司")

    with pytest.raises(actions.RefusedError) as caught:
        actions.change(
            id=number, version=1, values={"visibility": "restricted"}, viewer=OFFICER, **SAID
        )

    assert [each.field for each in caught.value.findings] == ["visibility"]
    assert queries.get_record(number, ADMINISTRATOR).values["visibility"] == "public"


def test_a_record_changed_after_the_preview_is_not_overwritten():
    number = create(name="上海双批公司", staff_count=3)
    (plan,) = planned([{"name": "上海双批公司", "staff_count": 9}])
    actions.change(id=number, version=1, values={"staff_count": 7}, **SAID)

    applied = apply(
        "organization",
        [{"name": "上海双批公司", "staff_count": 9}],
        seen={0: (plan.id, plan.version)},
    )

    assert not applied.is_written
    assert applied.changed_since == 1
    assert queries.get_record(number, ADMINISTRATOR).values["staff_count"] == 7
