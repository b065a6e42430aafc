"""What a person is shown of a file before its rows are looked at: small, however long it is."""

from __future__ import annotations

import numpy as np
import shapely

from chuangtu.engines.tables.model import Glance, Table

SAMPLE_ROWS = 200


def glance(table: Table) -> Glance:
    """Sum up a table: its columns, some rows, and what its geometries are."""
    shapes = shapely.from_wkb(np.array(table.geometries or (), dtype=object))
    types = shapely.get_type_id(shapes)
    is_filled = ~shapely.is_empty(shapes)
    areas = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    return Glance(
        file=table.file,
        shape=table.shape,
        headers=table.headers,
        sheet=table.sheet,
        crs=table.crs,
        notices=table.notices,
        row_count=len(table.rows),
        samples=tuple(tuple(row) for row in table.rows[:SAMPLE_ROWS]),
        drawn_count=int((is_filled & (types > shapely.GeometryType.POINT)).sum()),
        area_count=int((is_filled & np.isin(types, areas)).sum()),
    )
