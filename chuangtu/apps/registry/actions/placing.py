"""A record without a position gets one, where its address is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from chuangtu.apps.registry.actions.edit import change
from chuangtu.apps.registry.models import Resource, Site
from chuangtu.terms.coordinates import Crs
from chuangtu.terms.viewer import ADMINISTRATOR, Viewer


def place(
    *,
    id: int,  # noqa: A002 - the record's id, as everywhere in the register
    version: int,
    longitude: float,
    latitude: float,
    precision: str,
    source: str,
    source_date: date,
    by: str,
    at: datetime,
    act: str = "",
    viewer: Viewer = ADMINISTRATOR,
) -> int:
    """Say where a record is, of its own address or else of its registered site.

    Args:
        id: of the record.
        version: that was seen when the position was chosen.
        longitude: WGS 84, degrees.
        latitude: WGS 84, degrees.
        precision: a code of `precision`, how well the position is known.
        source: who says so, or what it was worked out from.
        source_date: the day of the source.
        by: who places it.
        at: the moment.
        act: the act it belongs to; empty for one of its own.
        viewer: who may change the record.

    Returns:
        The record's version.

    Raises:
        NotVisibleError: there is no such record for this viewer.
        StaleError: it was changed since.
        RefusedError: the position cannot be right.
    """
    where = {"longitude": longitude, "latitude": latitude, "crs": Crs.WGS84.value}
    values: dict[str, Any] = {**where, "precision": precision}
    if not Resource.objects.filter(pk=id).exclude(address="").exists():
        values = {"sites": _sites(id, {**where, "precision": precision})}
    return change(
        id=id,
        values=values,
        version=version,
        source=source,
        source_date=source_date,
        by=by,
        at=at,
        act=act,
        viewer=viewer,
    )


def _sites(number: int, where: dict[str, Any]) -> list[dict[str, Any]]:
    """All sites of the record as they are, the registered one with its position."""
    columns = ("role", "address", "given_longitude", "given_latitude", "crs", "precision")
    listed = []
    for each in Site.objects.filter(resource_id=number).order_by("id"):
        role, address, x, y, crs, precision = (getattr(each, name) for name in columns)
        site = {
            "role": role,
            "address": address,
            "longitude": x,
            "latitude": y,
            "crs": crs or None,
            "precision": precision,
            "since": each.since,
            "until": each.until,
        }
        listed.append({**site, **where} if role == "registered" else site)
    return listed
