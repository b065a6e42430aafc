"""Which records bear the code of an area that can be drawn for them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.models import detail_model
from chuangtu.terms.viewer import Visibility

BATCH = 2_000


def borne_codes(codes: Collection[str]) -> set[str]:
    """Those of these codes of areas that any record bears."""
    return {code for code, _, _ in _bearers(codes)}


def publicly_borne_codes(codes: Collection[str]) -> set[str]:
    """Those of these codes of areas that a record bears which everybody may see."""
    return {code for code, _, seen_by in _bearers(codes) if seen_by == Visibility.PUBLIC}


def bearers_of(codes: Collection[str]) -> set[tuple[str, int]]:
    """Each of these codes with each record that bears it."""
    return {(code, number) for code, number, _ in _bearers(codes)}


def _bearers(codes: Collection[str]) -> Iterator[tuple[str, int, int]]:
    wanted = sorted(codes)
    for kind, declared in KINDS.items():
        if declared.drawn is None:
            continue
        name = declared.drawn.code
        for start in range(0, len(wanted), BATCH):
            some = {f"{name}__in": wanted[start : start + BATCH]}
            rows = detail_model(kind).objects.filter(**some)
            columns = rows.values_list(name, "resource_id", "resource__visibility")
            for code, number, visibility in columns:
                yield code, number, max(visibility, declared.visibility)
