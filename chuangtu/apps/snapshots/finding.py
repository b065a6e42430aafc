"""What words match in one state: in its version, its segments and its single changes."""

from __future__ import annotations

import numpy as np

from chuangtu.apps.snapshots.reading import Laid, Reading
from chuangtu.engines.atlas.model import Hits
from chuangtu.engines.search.match import match
from chuangtu.engines.search.scan import scan
from chuangtu.terms.viewer import Visibility


def find_hits(reading: Reading, words: str, sees: Visibility) -> Hits:
    """Every record that holds all parts of the words, with its score."""
    base = match(reading.base.index, words, sees)
    single = scan(reading.documents, words, sees)
    laid = [_find_laid(start, each, words, sees) for start, each in reading.spans]
    return Hits(
        base.positions.astype(np.uint32),
        base.scores.astype(np.int64),
        np.concatenate([single.positions, *(rows for rows, _ in laid)]).astype(np.uint32),
        np.concatenate([single.scores, *(scores for _, scores in laid)]).astype(np.int64),
    )


def _find_laid(
    start: int, laid: Laid, words: str, sees: Visibility
) -> tuple[np.ndarray, np.ndarray]:
    """The overlay's rows of a segment that match, ascending, and their scores."""
    matches = match(laid.segment.base.index, words, sees)
    positions = matches.positions.astype(np.int64)
    here = np.isin(positions, laid.rows, assume_unique=True)
    return start + np.searchsorted(laid.rows, positions[here]), matches.scores[here]
