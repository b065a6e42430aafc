"""Every write of places: setting up a district, keeping areas, taking an act back."""

from chuangtu.apps.places.actions.areas import (
    Taken,
    save_area,
    save_areas_from_features,
    save_areas_from_file,
)
from chuangtu.apps.places.actions.districts import SetUp, init_district
from chuangtu.apps.places.actions.undoing import AreaUndoError, undo
from chuangtu.apps.places.actions.withdrawing import restore, withdraw

__all__ = [
    "AreaUndoError",
    "SetUp",
    "Taken",
    "init_district",
    "restore",
    "save_area",
    "save_areas_from_features",
    "save_areas_from_file",
    "undo",
    "withdraw",
]
