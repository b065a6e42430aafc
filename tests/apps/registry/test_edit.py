"""One record is created, changed and removed, and nobody's change is lost."""

from datetime import date

import pytest

from chuangtu.apps.journal import queries as journal
from chuangtu.apps.registry import actions, queries
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps.registry.rows import FIRM, SAID, apply, code, create

pytestmark = pytest.mark.django_db


def change(number, version, viewer=ADMINISTRATOR, **values):
    return actions.change(id=number, version=version, values=values, viewer=viewer, **SAID)


def test_every_field_of_a_new_record_has_its_source():
    number = create(**FIRM)

    record = queries.get_record(number, VISITOR)

    assert set(record.sources) == set(record.values)
    assert {(each.title, each.stated_on) for each in record.sources.values()} == {
        ("测试文件", date(2016, 6, 1))
    }


def test_a_change_says_its_source_for_the_changed_field_only():
    number = create(**FIRM)
    said = {**SAID, "source": "企业年报", "source_date": date(2016, 12, 31)}

    actions.change(id=number, version=1, values={"staff_count": 20}, **said)

    record = queries.get_record(number, VISITOR)
    assert record.values["staff_count"] == 20
    assert record.sources["staff_count"].title == "企业年报"
    assert record.sources["name"].title == "测试文件"


def test_a_blank_takes_a_value_away():
    number = create(**FIRM)

    change(number, 1, industry=None, former_names=())

    record = queries.get_record(number, VISITOR)
    assert "industry" not in record.values
    assert record.names == ()


def test_the_second_of_two_editors_is_told_what_changed():
    number = create(**FIRM, staff_count=10)
    change(number, 1, staff_count=20)

    with pytest.raises(actions.StaleError) as caught:
        change(number, 1, staff_count=30)

    assert caught.value.changed == {"staff_count": (10, 20)}
    assert queries.get_record(number, VISITOR).values["staff_count"] == 20


def test_a_change_that_changes_nothing_writes_nothing():
    number = create(**FIRM)
    lines = len(journal.list_of_row(table="registry.resource", row=str(number)))

    version = change(number, 1, name=FIRM["name"])

    assert version == 1
    assert len(journal.list_of_row(table="registry.resource", row=str(number))) == lines


def test_a_credit_code_is_registered_once():
    create(**FIRM)
    other = create(name="上海另一公司")

    with pytest.raises(actions.RefusedError, match="already"):
        change(other, 1, uscc=FIRM["uscc"])
    with pytest.raises(actions.RefusedError, match="already"):
        create(name="上海第三公司", uscc=FIRM["uscc"])


def test_a_viewer_cannot_write_what_it_cannot_see():
    number = create(**FIRM)

    with pytest.raises(actions.RefusedError, match="may not fill in"):
        change(number, 1, viewer=VISITOR, contact="021-00000000")


def test_a_hidden_record_does_not_exist_for_a_visitor():
    number = create(name="上海内部公司", visibility="internal")

    assert queries.get_record(number, OFFICER).name == "上海内部公司"
    with pytest.raises(NotVisibleError):
        queries.get_record(number, VISITOR)
    with pytest.raises(NotVisibleError):
        queries.history(number, VISITOR)
    with pytest.raises(NotVisibleError):
        change(number, 1, viewer=VISITOR, staff_count=1)


def test_hidden_fields_stay_hidden_in_record_and_history():
    number = create(**FIRM, contact="021-00000000")

    record = queries.get_record(number, VISITOR)
    (revision,) = queries.history(number, VISITOR)

    assert "contact" not in record.values
    assert "contact" not in revision.after
    assert queries.get_record(number, OFFICER).values["contact"] == "021-00000000"


def test_a_visitor_is_not_told_that_only_hidden_things_changed():
    hidden = create(name="上海内部公司", visibility="internal")
    number = create(**FIRM, contact="021-00000000")
    change(number, 1, contact="021-11111111")
    change(number, 2, parent=hidden)
    change(number, 3, staff_count=5)

    told = queries.history(number, VISITOR)

    assert [each.after.get("staff_count") for each in told] == [5, None]
    assert len(queries.history(number, OFFICER)) == 4


def test_a_hidden_related_record_is_not_shown():
    hidden = create(name="上海内部公司", visibility="internal")
    number = create(kind="carrier", name="某孵化器", carrier_type="incubator", operator=hidden)

    assert queries.get_record(number, VISITOR).relations == ()
    assert [each.id for each in queries.get_record(number, OFFICER).relations] == [hidden]


def test_a_record_that_others_name_cannot_be_removed():
    number = create(**FIRM)
    apply("recognition", [{"title": "高企", "holder": FIRM["uscc"]}])

    with pytest.raises(actions.RefusedError, match="is named by"):
        actions.remove(id=number, version=1, by="tester", at=SAID["at"])


def test_a_removed_record_is_brought_back_whole():
    number = create(**FIRM, staff_count=0, parent=create(name="上海母公司", uscc=code(5)))
    (before,) = queries.published([number])
    actions.remove(id=number, version=1, act="gone", by="tester", at=SAID["at"])
    assert queries.published([number]) == []

    actions.undo(act="gone", by="tester", at=SAID["at"])

    (after,) = queries.published([number])
    assert after == before


def test_a_new_name_of_a_party_is_told_to_those_who_show_it():
    number = create(**FIRM)
    held = apply("recognition", [{"title": "高企", "holder": FIRM["uscc"]}]).ids[0]
    seen = journal.last_sequence()

    change(number, 1, name="上海改名公司")

    changed = journal.changed_since(seen).resources
    assert sorted(changed) == sorted([number, held])


def test_a_record_without_a_place_stands_where_its_holder_is():
    number = create(**FIRM, town="310112101")
    held = apply("recognition", [{"title": "高企", "holder": FIRM["uscc"]}]).ids[0]

    firm, recognition = sorted(queries.published([number, held]), key=lambda each: each.id)

    assert recognition.longitude == firm.longitude
    assert recognition.facets["town"] == "310112101"
    assert recognition.payload["position"]["of"] == number


def test_an_organization_without_an_operating_place_stands_where_it_is_registered():
    number = create(
        name="上海注册公司",
        registered_address="剑川路 1 号",
        registered_longitude=121.4,
        registered_latitude=31.1,
        crs="wgs84",
    )

    record = queries.get_record(number, VISITOR)
    change(number, 1, longitude=121.5, latitude=31.2, crs="WGS 84")

    assert record.position == (121.4, 31.1)
    assert record.sites[0]["role"] == "registered"
    assert queries.get_record(number, VISITOR).position == (121.5, 31.2)


def test_laboratory_and_plant_are_sites_beside_where_an_organization_stands():
    number = create(
        name="上海三处公司",
        address="都会路 1 号",
        laboratory_address="紫星路 588 号",
        laboratory_longitude="121.45",
        laboratory_latitude="31.02",
        plant_address="昆阳路 9 号",
        crs="CGCS2000",
    )

    record = queries.get_record(number, VISITOR)
    sites = {each["role"]: (each["address"], each["longitude"]) for each in record.sites}

    assert sites["laboratory"] == ("紫星路 588 号", 121.45)
    assert sites["plant"] == ("昆阳路 9 号", None)
    assert sites["operating"] == ("都会路 1 号", None)
    assert record.position is None


def test_half_a_position_of_a_laboratory_is_refused():
    with pytest.raises(actions.RefusedError, match="longitude is given without a latitude"):
        create(name="上海半处公司", laboratory_longitude="121.45", crs="wgs84")


def titled(holder, title="hnte", **more):
    return create(kind="recognition", title=title, holder=holder, **more)


def test_a_record_named_after_a_hidden_one_is_as_hidden():
    hidden = create(name="上海内部公司", visibility="internal")
    number = titled(hidden)

    (row,) = queries.published([number])

    assert row.visibility == OFFICER.sees
    assert list(row.documents) == [OFFICER.sees]
    with pytest.raises(NotVisibleError):
        queries.get_record(number, VISITOR)
    assert queries.get_record(number, OFFICER).name == "上海内部公司 · 高新技术企业"


def test_a_record_named_after_another_follows_its_new_name_and_back():
    holder = create(name="上海旧名公司")
    number = titled(holder)
    given = titled(holder, "tech_sme", name="自有名称")

    actions.change(id=holder, version=1, values={"name": "上海新名公司"}, act="rename", **SAID)

    assert queries.get_record(number, VISITOR).name == "上海新名公司 · 高新技术企业"
    assert queries.get_record(given, VISITOR).name == "自有名称"
    actions.undo(act="rename", by="tester", at=SAID["at"])
    assert queries.get_record(number, VISITOR).name == "上海旧名公司 · 高新技术企业"
    assert queries.get_record(holder, VISITOR).names == ()


def test_names_sites_and_relations_can_be_given_with_their_spans():
    member = create(name="上海成员公司")
    number = create(
        kind="alliance",
        name="某联盟",
        names=[{"kind": "former", "text": "某协会", "until": date(2010, 1, 1)}],
        sites=[
            {
                "role": "laboratory",
                "address": "剑川路 1 号",
                "longitude": 121.4,
                "latitude": 31.1,
                "crs": "wgs84",
                "since": date(2011, 1, 1),
            }
        ],
        relations=[{"role": "member", "id": member, "share": 0.25, "since": date(2012, 1, 1)}],
    )

    record = queries.get_record(number, VISITOR)

    assert record.names[0]["until"] == "2010-01-01"
    assert record.sites[0]["since"] == "2011-01-01"
    assert (record.relations[0].share, record.relations[0].since) == (
        "0.250000",
        date(2012, 1, 1),
    )
    change(number, 1, members=[member])
    assert queries.get_record(number, VISITOR).relations[0].share == "0.250000"


@pytest.mark.parametrize(
    "parts",
    [
        {"names": "某协会"},
        {"names": ["某协会"]},
        {"names": [{"kind": "former"}]},
        {"names": [{"kind": "unheard_of", "text": "某"}]},
        {"sites": [{"role": "laboratory", "longitude": 121.4}]},
        {"sites": [{"role": "laboratory", "longitude": 121.4, "latitude": 31.0}]},
        {"sites": [{"role": "laboratory", "longitude": True, "latitude": 31, "crs": "wgs84"}]},
        {"sites": [{"role": "laboratory", "address": "长" * 301}]},
        {"sites": [{"role": "laboratory", "since": "2011"}]},
        {"relations": [{"role": "member", "id": 987654}]},
        {"relations": [{"role": "member", "id": 2**70}]},
        {"relations": [{"role": "member", "id": "1"}]},
        {"relations": [{"role": "member", "id": 1, "share": 2}]},
    ],
)
def test_a_part_that_means_nothing_is_refused(parts):
    with pytest.raises(actions.RefusedError) as caught:
        create(kind="alliance", name="某联盟", **parts)

    assert caught.value.findings[0].field in parts


def test_a_change_of_an_unknown_record_says_so():
    with pytest.raises(NotVisibleError):
        change(987654, 1, staff_count=1)
    with pytest.raises(NotVisibleError):
        queries.get_record(2**70, ADMINISTRATOR)


def test_the_history_of_a_record_is_told_newest_first():
    number = create(**FIRM)
    change(number, 1, staff_count=3)

    newest, first = queries.history(number, OFFICER)
    told_to_visitors = queries.history(number, VISITOR)

    assert (newest.before["staff_count"], newest.after["staff_count"]) == (None, 3)
    assert first.before is None
    assert first.after["name"] == FIRM["name"]
    assert {each.by for each in told_to_visitors} == {""}
    assert newest.by == "tester"


def test_a_link_to_a_record_named_after_a_hidden_one_is_not_shown():
    partner = create(name="上海合作公司")
    create(
        kind="workstation",
        workstation_type="academician",
        host=create(name="上海内部公司", visibility="internal"),
        partners=[partner],
    )

    assert queries.get_record(partner, VISITOR).roles == ()
    assert len(queries.get_record(partner, OFFICER).roles) == 1


def test_the_history_names_no_partner_that_is_hidden_from_the_viewer():
    known, secret = (
        create(name="上海公开公司"),
        create(name="上海受限公司", visibility="restricted"),
    )
    relations = [{"role": "member", "id": each} for each in (known, secret)]
    alliance = create(kind="alliance", name="某联盟", relations=relations)

    (told,) = queries.history(alliance, OFFICER)
    (whole,) = queries.history(alliance, ADMINISTRATOR)

    assert [each[1] for each in told.after["relations"]] == [known]
    assert {each[1] for each in whole.after["relations"]} == {known, secret}


def test_what_was_said_while_a_record_was_hidden_stays_hidden():
    number = create(name="上海内部公司", visibility="internal", staff_count=7)
    change(number, 1, staff_count=8)
    change(number, 2, visibility="public", staff_count=9)
    change(number, 3, staff_count=10)

    told = queries.history(number, VISITOR)

    assert [each.after["staff_count"] for each in told] == [10, 9]
    assert told[1].before is None
    assert len(queries.history(number, OFFICER)) == 4


def test_a_visitor_is_not_told_who_recorded_a_value():
    number = create(**FIRM)

    assert queries.get_record(number, VISITOR).sources["name"].by == ""
    assert queries.get_record(number, OFFICER).sources["name"].by == "tester"
