"""The source of what a viewer may not see is told to them nowhere."""

from datetime import date

import pytest

from chuangtu.apps.registry import actions
from chuangtu.apps.registry.models import Resource, Statement
from chuangtu.apps.snapshots import queries as snapshots
from chuangtu.apps.snapshots.actions import publish
from chuangtu.terms.viewer import OFFICER, VISITOR
from tests.apps.registry.rows import AT, create

pytestmark = pytest.mark.django_db
SECRET, OPEN = "内部控股协议", "公开目录"


def change(number, source, **values):
    actions.change(
        id=number,
        version=Resource.objects.get(pk=number).version,
        values=values,
        source=source,
        source_date=date(2026, 2, 2),
        by="officer",
        at=AT,
    )


def everything(number, client):
    """What a visitor reads of a record on every road, as one text."""
    pages = [
        f"/resources/{number}",
        f"/api/v1/resources/{number}",
        "/api/v1/resources",
        "/api/v1/search?q=单位",
        "/explore",
        "/explore/answer",
        "/print",
        "/embed",
        "/",
    ]
    read = [client.get(page).content.decode() for page in pages]
    for form in ("csv", "geojson"):
        answer = client.get(f"/export.{form}?as_of=any")
        read.append(b"".join(answer.streaming_content).decode())
    return "\n".join(read)


def sources(number, viewer):
    return snapshots.payload(number, viewer)["sources"]


def as_once_written(number, part):
    """Let the record's statements be as they were when one spoke for a whole list."""
    row = Resource.objects.get(pk=number)
    said = {part: Statement.objects.filter(source__title=SECRET).latest("pk").pk}
    kept = {key: each for key, each in row.statements.items() if not key.startswith(part)}
    Resource.objects.filter(pk=number).update(statements=kept | said)
    publish(at=AT)


@pytest.fixture
def held():
    """A public alliance that has an internal member."""
    create(name="阿尔法机密单位有限公司", visibility="internal")
    number = create("alliance", name="贝塔公开单位联盟")
    change(number, SECRET, members="阿尔法机密单位有限公司")
    return number


@pytest.fixture
def renamed():
    """A public organization that was renamed while it was internal."""
    number = create(name="绝密项目某某单位", visibility="internal")
    change(number, SECRET, name="阳光单位某某", description="一段话")
    change(number, SECRET, contact="张三")
    change(number, OPEN, name="阳光单位", visibility="public")
    change(number, OPEN, description="另一段话")
    return number


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("record", ["held", "renamed"])
def test_a_visitor_reads_it_nowhere(record, is_published, client, request):
    number = request.getfixturevalue(record)
    if is_published:
        publish(at=AT)

    assert SECRET not in everything(number, client)
    assert SECRET in {each["title"] for each in sources(number, OFFICER).values()}


def test_no_key_tells_that_there_is_something_hidden(held, renamed):
    assert sources(held, VISITOR).keys() == {""}
    assert sources(renamed, VISITOR).keys() == {"name", "description"}


@pytest.mark.parametrize("part", ["names", "relations"])
def test_neither_does_a_record_as_they_were_once_written(part, held, renamed, client):
    number = held if part == "relations" else renamed
    as_once_written(number, part)

    assert SECRET not in everything(number, client)
    assert part in sources(number, OFFICER)
    assert part not in sources(number, VISITOR)


def test_what_once_spoke_for_a_whole_list_may_speak_for_its_hidden_part(held, client):
    create(name="丙公开单位")
    change(held, OPEN, members="阿尔法机密单位有限公司；丙公开单位")
    as_once_written(held, "relations")

    assert [each["name"] for each in snapshots.payload(held, VISITOR)["relations"]] == [
        "丙公开单位"
    ]
    assert SECRET not in everything(held, client)


def test_the_first_source_of_a_record_is_told_while_it_speaks_for_something(client):
    number = actions.create(
        kind="organization",
        values={"name": "旧名单位", "visibility": "internal", "staff_count": 5},
        source=SECRET,
        source_date=None,
        by="officer",
        at=AT,
    )
    change(number, OPEN, name="新名单位", visibility="public")
    assert SECRET in everything(number, client)

    change(number, OPEN, staff_count=6)

    assert SECRET not in everything(number, client)
