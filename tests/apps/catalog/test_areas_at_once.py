"""An area that the list of areas names can be asked for in the same moment, in every process."""

import pytest

from chuangtu.apps.places.actions import save_area
from chuangtu.apps.registry.queries import count_all
from tests.apps.registers import AT, DAY, SQUARE, add, district

pytestmark = pytest.mark.django_db


def asked(client, **values):
    return client.get("/api/v1/resources", values)


@pytest.mark.parametrize("check_ms", [0, 60_000])
@pytest.mark.parametrize("name", ["area", "zone"])
def test_a_new_area_can_be_asked_for_as_soon_as_it_is_listed(client, settings, check_ms, name):
    district()
    add("alliance", name="天文馆", longitude="121.41", latitude="31.06", crs="wgs84")
    assert count_all() == 1
    settings.SNAPSHOT_CHECK_MS = check_ms
    assert asked(client, area="zone:square").status_code == 200
    assert asked(client, **{name: "zone:new"}).status_code == 400

    save_area(
        code="zone:new",
        values={
            "kind": "zone",
            "name": "新园区",
            "name_en": "New Zone",
            "region_id": "310112",
            "geometry": f'{{"type":"Polygon","coordinates":{SQUARE}}}',
            "source": "测试",
            "source_date": DAY,
        },
        act="new-area",
        by="test",
        at=AT,
    )

    listed = client.get("/api/v1/areas").json()["features"]
    assert "zone:new" in {each["properties"]["code"] for each in listed}
    assert asked(client, **{name: "zone:new"}).status_code == 200
