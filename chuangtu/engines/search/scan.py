"""The words against a few documents, one by one: for what no index holds yet."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.grade import grade
from chuangtu.engines.search.model import Document, Matches, Tier
from chuangtu.engines.search.score import score
from chuangtu.engines.search.standing import standing
from chuangtu.terms.viewer import Visibility


def scan(documents: Iterable[Document], words: str, sees: Visibility) -> Matches:
    """Find every document that holds all parts of the words, as `match` does, without an index.

    Args:
        documents: in the order whose positions are given back, from 0.
        words: as typed.
        sees: the widest class of text the viewer may see; wider text is as good as absent.

    Returns:
        The same positions and scores that `match` gives on an index of these documents.
    """
    parts = divide(words)
    positions: list[int] = []
    scores: list[int] = []
    for position, document in enumerate(documents):
        tiers = 0
        for part in parts:
            tier = grade(document, part, sees)
            if tier is Tier.NONE:
                break
            tiers += tier
        else:
            positions.append(position)
            scores.append(score(tiers, standing(document)))
    return Matches(np.array(positions, np.uint32), np.array(scores, np.int32))
