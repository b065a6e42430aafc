"""Fills a data folder with many invented records, past the register's checks, and publishes them.

    CHUANGTU_DATA=var/million python -m benchmarks.many_records [--records 1000000]

Written in bulk and without journal lines: it measures readers, not the register. The seed is
fixed, so two folders of one size are equal.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from datetime import UTC, date, datetime, timedelta
from typing import Any

from benchmarks.machine import peak_mb

_LISTED = (
    "华 创 智 联 云 浦 申 莘 紫竹 闵行 上海 航天 机器人 生物 医药 材料 电子 信息 数据 能源 环保"
    " 光电 精密 自动化 软件 芯片 检测 海洋 新 东方 远 航 博 通 达 明 科 盛 德 瑞 恒 泰 佳"
)
WORDS = _LISTED.split()
TAILS = ("科技有限公司", "实业有限公司", "研究院", "技术服务有限公司", "股份有限公司")
TOWNS = tuple(f"310112{each:03d}" for each in (1, 6, 8, 9, 101, 102, 103, 106, 107, 108, 110, 112))
AT = datetime(2026, 1, 1, tzinfo=UTC)
BATCH = 5_000
SHARES = {"organization": 0.5, "recognition": 0.25, "patent": 0.25}
PATTERN = 20_000
"""Records drawn one by one; the others are these again, moved and renamed by the database."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "chuangtu.site.settings"
    import django

    django.setup()
    from django.core.management import call_command

    from chuangtu.apps.places.actions import init_district
    from chuangtu.apps.snapshots.actions import publish

    call_command("migrate", verbosity=0)
    init_district(code="310112", by="benchmark", at=AT)
    begun = time.perf_counter()
    fill(options.records)
    print(f"written in {time.perf_counter() - begun:.0f} s", flush=True)
    begun = time.perf_counter()
    version = publish(at=AT)
    seconds = time.perf_counter() - begun
    print(f"published {version.count} in {seconds:.0f} s, peak memory {peak_mb():.0f} MB")


def fill(count: int) -> None:
    from chuangtu.apps.registry.models import Source, Statement

    source = Source.objects.create(title="演示数据（虚构）", url="")
    said = Statement.objects.create(
        source=source, stated_on=date(2026, 1, 1), recorded_at=AT, by="benchmark", act="benchmark"
    )
    rng = random.Random(7)
    organizations: list[int] = []
    drawn = min(count, PATTERN)
    for kind, share in SHARES.items():
        for start in range(0, int(drawn * share), BATCH):
            size = min(BATCH, int(drawn * share) - start)
            ids = _insert(rng, kind, size, said.pk, organizations)
            if kind == "organization":
                organizations.extend(ids)
    for copy in range(1, count // drawn):
        _repeat(copy * drawn, drawn)


def _repeat(offset: int, drawn: int) -> None:
    """Copy the first `drawn` records under numbers `offset` higher, some steps further on."""
    from django.db import connection, transaction

    from chuangtu.apps.registry.models import Relation, Resource, detail_model

    step = f"(((id * 7919 + {offset}) % 2001) - 1000) * 0.00004"
    moved = {
        "id": f"id + {offset}",
        "longitude": f"longitude + {step}",
        "latitude": f"latitude - {step}",
        "name": f"name || CAST(id + {offset} AS TEXT)",
        "name_key": f"name_key || CAST(id + {offset} AS TEXT)",
    }
    detail = {"resource_id": f"resource_id + {offset}"}
    copied: list[tuple[Any, str, dict[str, str]]] = [
        (Resource, "id", moved),
        *((detail_model(kind), "resource_id", detail) for kind in SHARES),
    ]
    relation = {"id": f"id + {offset}", "subject_id": f"subject_id + {offset}"}
    copied.append((Relation, "subject_id", relation))
    with transaction.atomic(), connection.cursor() as cursor:
        for model, key, changed in copied:
            columns = [each.column for each in model._meta.concrete_fields]
            taken = ", ".join(changed.get(each, each) for each in columns)
            table = model._meta.db_table
            cursor.execute(
                f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken} FROM {table}"
                f" WHERE {key} <= {drawn}"
            )


def _insert(
    rng: random.Random, kind: str, size: int, said: int, organizations: list[int]
) -> list[int]:
    from django.db import transaction

    from chuangtu.apps.registry.models import Relation, Resource, detail_model

    with transaction.atomic():
        made = Resource.objects.bulk_create([_resource(rng, kind, said) for _ in range(size)])
        ids = [each.pk for each in made]
        model = detail_model(kind)
        model.objects.bulk_create(
            [model(resource_id=each, **_DETAILS[kind](rng)) for each in ids], batch_size=500
        )
        if kind != "organization":
            role = "holder" if kind == "recognition" else "owner"
            Relation.objects.bulk_create(
                [
                    Relation(subject_id=each, object_id=rng.choice(organizations), role=role)
                    for each in ids
                ]
            )
    return ids


def _resource(rng: random.Random, kind: str, said: int) -> Any:
    from chuangtu.apps.registry.facts.naming import name_key
    from chuangtu.apps.registry.models import Resource

    name = "".join(rng.choice(WORDS) for _ in range(rng.randint(2, 4))) + rng.choice(TAILS)
    begun = date(1998, 1, 1) + timedelta(rng.randrange(9_500))
    ended = begun + timedelta(rng.randrange(400, 6_000)) if rng.random() < 0.3 else None
    is_placed = rng.random() < 0.9
    centre = rng.choice(CENTRES)
    return Resource(
        kind=kind,
        name=name,
        name_key=name_key(name),
        town=rng.choice(TOWNS),
        address=f"{rng.choice(WORDS)}路{rng.randrange(1, 3_000)}号",
        longitude=rng.gauss(centre[0], 0.02) if is_placed else None,
        latitude=rng.gauss(centre[1], 0.02) if is_placed else None,
        precision="exact" if is_placed else "none",
        starts_on=begun,
        ends_on=ended,
        visibility=rng.choices([0, 1, 2], [90, 8, 2])[0],
        is_example=True,
        statements={"": said},
        changed_at=AT,
    )


CENTRES = tuple((121.33 + 0.02 * n, 31.00 + 0.025 * (n % 6)) for n in range(10))
_DETAILS: dict[str, Any] = {
    "organization": lambda rng: {
        "organization_type": "enterprise",
        "technology_field": rng.choice(("electronics_it", "biomedicine", "new_materials", "")),
        "staff_count": int(rng.lognormvariate(3, 1.5)),
        "is_above_size": rng.random() < 0.1,
        "founded_on": date(1998, 1, 1) + timedelta(rng.randrange(9_500)),
    },
    "recognition": lambda rng: {
        "title": rng.choice(("hnte", "tech_sme", "innovative_sme", "tech_little_giant")),
        "level": rng.choice(("national", "municipal")),
        "certificate_number": f"GR{rng.randrange(10**12):012d}",
    },
    "patent": lambda rng: {
        "patent_type": rng.choice(("invention", "utility_model", "design")),
        "application_number": f"CN{rng.randrange(10**12):012d}",
        "applied_on": date(1998, 1, 1) + timedelta(rng.randrange(9_500)),
    },
}


if __name__ == "__main__":
    main()
