"""How the records of a Selection spread over the values of facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chuangtu.engines.atlas.model import Hits, View
from chuangtu.engines.atlas.survey import survey
from chuangtu.terms.selection import Selection


def facets(
    view: View, selection: Selection, names: Sequence[str], *, hits: Hits | None = None
) -> Mapping[str, Mapping[str, int]]:
    """Count the records of a Selection by the values of facets.

    Args:
        view: base and overlay.
        selection: what is asked.
        names: facet or list columns, or `kind`.
        hits: what the Selection's words match.

    Returns:
        For each name the records by value, only values that occur. Each facet looks past its own
        filter. A record with several values of a list counts once for each.
    """
    return survey(view, selection, names, hits=hits).facets
