"""How many records a Selection has."""

from __future__ import annotations

from chuangtu.engines.atlas.model import Chosen, Counted, Hits, View
from chuangtu.engines.atlas.survey import survey
from chuangtu.terms.selection import Selection


def count(
    view: View, selection: Selection, *, hits: Hits | None = None, chosen: Chosen | None = None
) -> Counted:
    """Count the records of a Selection.

    Args:
        view: base and overlay.
        selection: what is asked.
        hits: what the Selection's words match.
        chosen: the answer of `select`, if at hand.

    Returns:
        The exact total, how many of these have no position (they are on no tile), and how many
        have an unknown first or last day (they are taken to be in force).
    """
    if chosen is not None:
        return chosen.counted
    return survey(view, selection, (), hits=hits).counted
