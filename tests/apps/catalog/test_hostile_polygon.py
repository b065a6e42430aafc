"""A ring that crosses itself very often is refused everywhere, with a sentence."""

import random

import pytest

from tests.apps.registers import add, district

RNG = random.Random(310112)
TANGLE = ";".join(
    f"{RNG.uniform(121.3, 121.5):.5f},{RNG.uniform(31, 31.2):.5f}" for _ in range(400)
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/explore",
        "/api/v1/resources",
        "/api/v1/resources/facets",
        "/tiles/0/0/0.mvt",
        "/export.csv",
        "/embed",
    ],
)
def test_a_tangled_ring_is_refused_with_a_sentence(client, address):
    district()
    add("alliance", name="甲联盟", longitude="121.4", latitude="31.1", crs="wgs84")

    answer = client.get(address, {"polygon": TANGLE})

    assert answer.status_code == 400
    told = (
        answer.json()["detail_zh"] if "json" in answer["Content-Type"] else answer.content.decode()
    )
    assert "请沿外围重新画" in told
