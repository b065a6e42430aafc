"""Fills the platform that the browser tests look at; run as a program, in the server's settings.

Records of every kind in a district, enough of one kind that the map counts them in squares, and
a house in which twelve records have one position.
"""

from __future__ import annotations

import os
import random
from decimal import Decimal

HOUSE = ("121.4500", "31.0300")
IN_HOUSE = 12
MANY = 900
CENTRES = ((121.376, 31.113), (121.453, 31.022), (121.512, 31.085), (121.31, 31.19))


def rows_around(rng: random.Random) -> list[dict]:
    """Enterprises in four clusters, one in twenty without a position."""
    rows = []
    for number in range(MANY):
        x, y = rng.choice(CENTRES)
        row = {
            "name": f"闵行示范企业{number:04d}有限公司",
            "name_en": f"Minhang Example Enterprise {number:04d}",
            "organization_type": "enterprise",
            "founded_on": f"{1998 + number % 25}-0{1 + number % 9}-15",
            "address": f"剑川路{number + 1}号",
            "town": ("310112101", "310112102", "310112106")[number % 3],
            "is_example": True,
        }
        if number % 20:
            row["longitude"] = Decimal(str(round(rng.gauss(x, 0.015), 6)))
            row["latitude"] = Decimal(str(round(rng.gauss(y, 0.012), 6)))
            row["crs"] = "wgs84"
        rows.append(row)
    return rows


def rows_in_one_house() -> list[dict]:
    longitude, latitude = HOUSE
    return [
        {
            "name": f"同楼服务机构{number}",
            "service_types": ["consulting"],
            "longitude": longitude,
            "latitude": latitude,
            "crs": "wgs84",
            "town": "310112106",
        }
        for number in range(IN_HOUSE)
    ]


HOLDER = "上海浦锦精密仪器有限公司"
ALLIANCE = "精密仪器产业技术创新联盟"
"""A firm on the map with former names, titles and an alliance that it leads."""


def rows_of_a_holder() -> dict[str, list[dict]]:
    firm = {
        "name": HOLDER,
        "organization_type": "enterprise",
        "founded_on": "2008-03-02",
        "address": "浦锦路1号",
        "town": "310112101",
        "longitude": "121.376",
        "latitude": "31.113",
        "crs": "gcj02",
        "precision": "road",
        "short_names": "浦锦仪器",
        "former_names": "上海浦锦仪表厂",
        "registered_address": "沪青平公路277号",
        "description": "做精密测量仪器。",
    }
    titles = [
        {
            "holder": HOLDER,
            "title": title,
            "certificate_number": f"GR2015310{number:05d}",
            "issued_on": "2015-10-30",
            "valid_from": "2015-10-30",
        }
        for number, title in enumerate(("hnte", "tech_little_giant"))
    ]
    alliance = {"name": ALLIANCE, "leader": HOLDER, "members": "闵行示范企业0001有限公司"}
    return {"organization": [firm], "recognition": titles, "alliance": [alliance]}


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuangtu.site.settings"
    import django

    django.setup()
    from chuangtu.apps.accounts.actions import ensure_demo_people
    from chuangtu.apps.snapshots.actions import publish
    from tests.apps import registers

    rng = random.Random(20161)
    ensure_demo_people(by="test", at=registers.AT)
    registers.district()
    registers.fill(rng, 30)
    registers.write("organization", rows_around(rng), act="around")
    applied = registers.write("service_agency", rows_in_one_house(), act="house")
    if applied.findings:
        raise SystemExit(str(applied.findings))
    for kind, rows in rows_of_a_holder().items():
        applied = registers.write(kind, rows, act=f"holder-{kind}")
        if any(each.is_fatal for found in applied.findings.values() for each in found):
            raise SystemExit(str(applied.findings))
    publish(at=registers.AT)


if __name__ == "__main__":
    main()
