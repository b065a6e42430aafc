"""Counts, facets, choices and pages of Selections of any make."""

from __future__ import annotations

import numpy as np

from benchmarks.atlas_questions import VISITOR_TODAY, any_selection
from benchmarks.timing import Timed
from chuangtu.engines.atlas.model import Atlas, View
from chuangtu.engines.atlas.page import page
from chuangtu.engines.atlas.select import select
from chuangtu.engines.atlas.survey import survey


def counts(atlas: Atlas, asked: int, seed: int) -> dict[str, dict]:
    """Totals with every facet, the choice, and the first and second page, each uncached."""
    chance = np.random.default_rng(seed)
    view = View(atlas)
    names = ("kind", *atlas.columns.facets, *atlas.columns.lists)
    survey(view, VISITOR_TODAY, names)
    named = ("count and all facets", "choice (select)", "first page of 50", "next page of 50")
    timed = {name: Timed() for name in named}
    for _ in range(asked):
        selection = any_selection(chance)
        counted = timed[named[0]].call(lambda s=selection: survey(view, s, names)).counted
        chosen = timed[named[1]].call(lambda s=selection: select(view, s))
        if chosen.counted != counted:
            raise SystemExit(f"count and choice disagree on {selection}: a bug, not a number")
        extra = {"order": "name", "limit": 50, "chosen": chosen}
        first = timed[named[2]].call(lambda s=selection, e=extra: page(view, s, **e))
        after = first.cursor
        timed[named[3]].call(lambda s=selection, e=extra, a=after: page(view, s, after=a, **e))
    return {name: each.report() for name, each in timed.items()}
