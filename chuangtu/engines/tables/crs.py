"""Coordinate systems of files: the few that are taken, and how each becomes degrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyproj
import shapely

from chuangtu.engines.tables.model import Fault, Place, Problem, TableError
from chuangtu.engines.tables.sentences import fault, refuse

WGS84, CGCS2000, GCJ02, BD09 = "EPSG:4326", "EPSG:4490", "GCJ-02", "BD-09"

_NAMES = {
    "EPSG:4326": WGS84,
    "WGS84": WGS84,
    "CRS84": WGS84,
    "OGC:CRS84": WGS84,
    "URN:OGC:DEF:CRS:OGC:1.3:CRS84": WGS84,
    "EPSG:4490": CGCS2000,
    "CGCS2000": CGCS2000,
    "GCJ02": GCJ02,
    "BD09": BD09,
}

# As EPSG and as ESRI call them; an ensemble is the datum for all that a map can show.
_DATUMS = {
    "china2000": CGCS2000,
    "dchina2000": CGCS2000,
    "worldgeodeticsystem1984": WGS84,
    "worldgeodeticsystem1984ensemble": WGS84,
    "wgs1984": WGS84,
    "dwgs1984": WGS84,
    "wgs84": WGS84,
}


@dataclass(frozen=True)
class System:
    """A coordinate system whose positions become degrees in the system `name`.

    Attributes:
        name: `EPSG:4326`, `EPSG:4490`, `GCJ-02` or `BD-09`.
        projected: the plane system the file is in, if it is not in degrees already.
    """

    name: str
    projected: pyproj.CRS | None = None

    @cached_property
    def _transformer(self) -> pyproj.Transformer:
        # The same datum on both sides: nothing but the projection is undone.
        return pyproj.Transformer.from_crs(self.projected, self.name, always_xy=True)

    def convert(self, shapes: Sequence[Any]) -> tuple[list[bytes | None], dict[int, Fault]]:
        """Shapes in degrees.

        Returns:
            WKB of each, longitude first, without heights; and index of a shape with an ordinate
            that is no number, in the file or in degrees → why it cannot be used.
        """
        flat = shapely.force_2d(np.array(shapes, dtype=object))
        # A collection of one shape is that shape.
        is_collection = shapely.get_type_id(flat) == shapely.GeometryType.GEOMETRYCOLLECTION
        alone = np.flatnonzero(is_collection & (shapely.get_num_geometries(flat) == 1))
        flat[alone] = shapely.get_geometry(flat[alone], 0)
        if self.projected is not None:
            flat = shapely.transform(flat, self._degrees, interleaved=False)
        ordinates, owners = shapely.get_coordinates(flat, return_index=True)
        torn = np.unique(owners[~np.isfinite(ordinates).all(axis=1)])
        flat[torn] = None
        return list(shapely.to_wkb(flat)), {int(each): fault("bad_geometry") for each in torn}

    def _degrees(self, x: Any, y: Any) -> tuple[Any, Any]:
        longitude, latitude = self._transformer.transform(x, y)
        return longitude, latitude


def settled_crs(
    stated: str | None, chosen: str | None, place: Place
) -> tuple[System, tuple[Problem, ...]]:
    """The system of a file's shapes: what the file names, else what its owner chose.

    A name in the file that cannot be converted exactly gives way to a choice.

    Returns:
        The system, and what a person should know where the file and the choice differ.

    Raises:
        TableError: as `known_crs`.
    """
    if not stated or not chosen:
        return known_crs(stated or chosen, place), ()
    wanted = known_crs(chosen, place)
    try:
        system = known_crs(stated, place)
    except TableError:
        told = fault("unread_crs", crs=stated[:80], chosen=wanted.name)
        return wanted, (Problem(told, place),)
    if system.name == wanted.name:
        return system, ()
    return system, (Problem(fault("other_crs", crs=system.name, chosen=wanted.name), place),)


def columns_crs(text: str, place: Place) -> str:
    """Understand the system chosen for columns of longitude and latitude, which are degrees.

    Raises:
        TableError: `columns_crs`, if it is none of the four.
    """
    try:
        system = known_crs(text, place)
    except TableError:
        system = None
    if system is None or system.projected is not None:
        raise refuse("columns_crs", place, crs=text[:80])
    return system.name


def known_crs(text: str | None, place: Place) -> System:
    """Understand the name of a coordinate system, or its WKT.

    Raises:
        TableError: `missing_crs`, or `unknown_crs` for one on another datum than WGS 84 and
            CGCS2000 (Beijing 54, Xi'an 80, local grids): their shift is metres and not public.
    """
    if not text:
        raise refuse("missing_crs", place)
    short = text.strip().upper()
    known = _NAMES.get(short) or _NAMES.get(short.replace("-", "").replace(" ", ""))
    if known:
        return System(known)
    try:
        system = pyproj.CRS.from_user_input(text)
    except pyproj.exceptions.CRSError as error:
        raise refuse("unknown_crs", place, crs=text[:80]) from error
    datum = system.geodetic_crs.datum if system.geodetic_crs else None
    name = _DATUMS.get(re.sub(r"[^a-z0-9]", "", datum.name.lower()) if datum else "")
    if name is None:
        raise refuse("unknown_crs", place, crs=system.name[:80])
    return System(name, system if system.is_projected else None)
