"""Suggestions follow what is typed, what has just changed, and who is typing."""

import pytest

from chuangtu.apps.snapshots import actions, queries
from chuangtu.terms.selection import Selection
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registers import AT, add, alter, drop

pytestmark = pytest.mark.django_db


def suggested(typed, viewer=VISITOR):
    return [each["text"] for each in queries.suggest(typed, viewer)]


@pytest.mark.parametrize("is_published", [False, True])
def test_names_are_suggested_by_beginning_middle_and_sound(is_published):
    add("alliance", name="航天产业联盟")
    if is_published:
        actions.publish(at=AT)

    for typed in ("航天", "产业", "hangtian", "htcy"):
        assert suggested(typed) == ["航天产业联盟"], typed
    assert suggested("天文") == []
    assert suggested(" ") == []


@pytest.mark.parametrize("is_published", [False, True])
def test_a_name_is_suggested_only_to_those_who_may_see_it(is_published):
    add("alliance", name="航天产业联盟", visibility="internal")
    if is_published:
        actions.publish(at=AT)

    assert suggested("航天", VISITOR) == []
    assert suggested("航天", OFFICER) == ["航天产业联盟"]


def test_a_changed_name_replaces_the_published_one():
    number = add("alliance", name="航天产业联盟")
    gone = add("alliance", name="航天用品联盟")
    actions.publish(at=AT)

    alter(number, name="航天创新联盟")
    drop(gone)

    assert suggested("航天") == ["航天创新联盟"]


def test_a_suggestion_says_where_the_typed_text_stands_and_whose_name_it_is():
    number = add("alliance", name="上海航天产业联盟")
    actions.publish(at=AT)

    assert queries.suggest("航天", VISITOR) == [
        {
            "text": "上海航天产业联盟",
            "id": number,
            "kind": "alliance",
            "is_example": False,
            "spans": [[2, 4]],
        }
    ]


@pytest.mark.parametrize("is_published", [False, True])
def test_a_suggestion_says_that_its_record_is_invented(is_published):
    add("alliance", name="航天联盟", is_example=True)
    if is_published:
        actions.publish(at=AT)

    (told,) = queries.suggest("航天", VISITOR)

    assert told["is_example"] is True


def test_a_slip_is_corrected_only_when_nothing_is_found():
    add("alliance", name="Robotics Alliance")
    actions.publish(at=AT)

    assert queries.correction(Selection(words="robotcis")) == "Robotics"
    assert queries.correction(Selection(words="robotics")) is None
    assert queries.correction(Selection()) is None
    add("alliance", name="Robotcis")
    assert queries.correction(Selection(words="robotcis")) is None


def test_a_name_newer_than_the_version_is_proposed_to_those_who_see_it():
    add("alliance", name="Robotics Alliance")
    actions.publish(at=AT)
    add("alliance", name="Minhang Incubators")
    add("alliance", name="Submarine Works", visibility="internal")
    gone = add("alliance", name="Photonics Works")
    drop(gone)

    def proposed(words, viewer=VISITOR):
        return queries.correction(Selection(words=words, viewer=viewer))

    assert proposed("Minhag") == "Minhang"
    assert proposed("robtics") == "Robotics"
    assert proposed("incubatrs minhang") == "Incubators minhang"
    assert proposed("submarime", OFFICER) == "Submarine"
    assert proposed("submarime") is None
    assert proposed("photonic5") is proposed("photoncs") is None


def test_a_name_of_a_record_that_is_gone_since_the_version_is_not_proposed():
    number = add("alliance", name="Robotics Alliance")
    actions.publish(at=AT)

    drop(number)

    assert queries.correction(Selection(words="robtics")) is None


def test_what_matched_is_marked_in_the_fields_that_this_viewer_sees():
    add(
        "alliance",
        name="甲联盟",
        description="面向航天产业",
        address="航天路1号",
        contact="航天办公室",
    )
    actions.publish(at=AT)

    (item,) = queries.search(Selection(words="航天")).items

    assert item["highlights"] == {
        "address": [[0, 2]],
        "description": {"text": "面向航天产业", "spans": [[2, 4]]},
    }
