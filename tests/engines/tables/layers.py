"""Layers of two points, written by a library that is not ours."""

from __future__ import annotations

import numpy as np
import shapely
from pyogrio import raw

NAMES = np.array(["七宝", "莘庄"], dtype=object)
AREAS = np.array([1.5, np.nan])
POINTS = shapely.to_wkb(shapely.points([[121.3, 31.1], [121.4, 31.2]]))


def layer(path, *, driver="GPKG", crs="EPSG:4490", points=POINTS, append=False, **options):
    raw.write(
        path,
        points,
        [NAMES[: len(points)], AREAS[: len(points)]],
        ["名称", "面积"],
        geometry_type="Point",
        crs=crs,
        driver=driver,
        append=append,
        **options,
    )
