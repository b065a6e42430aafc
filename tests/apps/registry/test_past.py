"""A record as of a past day: what the journal says, seen with today's eyes."""

import random
from datetime import date, timedelta

import pytest
from django.test import Client

from chuangtu.apps.registry import actions, queries
from chuangtu.apps.registry.models import Resource
from chuangtu.apps.registry.resolve.states import load_states
from chuangtu.terms.errors import NotVisibleError
from chuangtu.terms.viewer import ADMINISTRATOR, OFFICER, VISITOR
from tests.apps import registers
from tests.apps.registry.rows import AT, create

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def change(number, moment, **values):
    return actions.change(
        id=number,
        values=values,
        version=Resource.objects.get(pk=number).version,
        source="测试更正",
        source_date=date(2016, 6, 1),
        by="tester",
        at=moment,
    )


def then(number, moment, viewer=VISITOR):
    past = queries.get_past(number, moment, viewer)
    return {name: each for name, (each, _) in past.values.items() if each is not None}


def test_each_day_has_what_was_said_then():
    number = create(name="上海一达公司", staff_count=3)
    change(number, AT + DAY, staff_count=5, listing="star")
    change(number, AT + 2 * DAY, name="上海二达公司", listing="")

    assert then(number, AT)["staff_count"] == 3
    assert "listing" not in then(number, AT)
    assert then(number, AT + DAY)["listing"] == "star"
    assert then(number, AT + DAY)["name"] == "上海一达公司"
    assert then(number, AT + 9 * DAY)["name"] == "上海二达公司"


def test_before_it_was_registered_there_is_nothing():
    number = create(name="上海一达公司")

    with pytest.raises(NotVisibleError, match="no such record yet"):
        then(number, AT - DAY)


def test_what_was_hidden_then_stays_hidden():
    number = create(name="上海秘密公司", visibility="internal", staff_count=3)
    change(number, AT + DAY, visibility="public", name="上海公开公司")

    with pytest.raises(NotVisibleError):
        then(number, AT)
    assert then(number, AT, OFFICER)["name"] == "上海秘密公司"
    assert then(number, AT + DAY)["name"] == "上海公开公司"


def test_internal_fields_of_the_past_are_internal():
    number = create(name="上海一达公司", contact="办公电话 021-1")
    change(number, AT + DAY, contact="办公电话 021-2")

    assert "contact" not in then(number, AT)
    assert then(number, AT, OFFICER)["contact"] == "办公电话 021-1"


def test_any_moment_agrees_with_what_stood_then():
    rng = random.Random(61)
    registers.district()
    registers.fill(rng, 8)
    numbers = list(Resource.objects.values_list("id", flat=True))
    seen, moment = {}, registers.AT
    for step in range(60):
        moment = registers.AT + timedelta(hours=7 * (step + 1))
        number = rng.choice(numbers)
        fields = {
            "description": rng.choice(["甲", "乙", ""]),
            "town": rng.choice([*registers.TOWNS, ""]),
            "address": rng.choice(["东川路1号", "剑川路2号"]),
            "visibility": rng.choice(["public", "internal"]),
        }
        chosen = {name: fields[name] for name in rng.sample(sorted(fields), 2)}
        change(number, moment, **chosen)
        kind = Resource.objects.get(pk=number).kind
        seen[number, moment] = load_states(kind, [number])[number][1]

    own = {"statements", "has_derived_name"}
    for (number, at), state in seen.items():
        told = then(number, at, ADMINISTRATOR)
        assert told == {name: each for name, each in state.items() if name not in own}


def test_the_page_shows_then_beside_now_and_refuses_what_is_no_day():
    number = create(name="上海一达公司", staff_count=3)
    change(number, AT + DAY, staff_count=5)
    visitor = Client(SERVER_NAME="localhost")

    page = visitor.get(f"/resources/{number}/on", {"day": f"{AT:%Y-%m-%d}"})

    assert page.status_code == 200
    assert "3 人" in page.content.decode()
    assert "5 人" in page.content.decode()
    for wrong in ("", "heute", "2016-02-30", "2016-6-1", "9999-12-31", "0001-01-01", "20160601"):
        assert visitor.get(f"/resources/{number}/on", {"day": wrong}).status_code == 400
    assert visitor.get(f"/resources/{number}/on", {"day": "2001-01-01"}).status_code == 404
    assert visitor.get("/resources/999999/on", {"day": "2016-06-16"}).status_code == 404
