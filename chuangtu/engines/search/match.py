"""The words → every document that matches, for tiles, counts, facets and exports."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.bits import bits
from chuangtu.engines.search.choose import choose
from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import Many, find
from chuangtu.engines.search.join import join
from chuangtu.engines.search.model import Array, Index, Matches
from chuangtu.engines.search.score import score
from chuangtu.terms.viewer import Visibility


def match(index: Index, words: str, sees: Visibility) -> Matches:
    """Find every document that holds all parts of the words; nothing is cut off.

    A part matches where its folded form stands inside a field, or, if it is of Latin letters,
    where it is the pinyin of a name from some syllable on, or its initials. Words without a part
    match every document.

    Args:
        index: what was built.
        words: as typed.
        sees: the widest class of text the viewer may see; wider text is not even opened.
    """
    found = [find(index, part, sees) for part in divide(words)]
    if not found:
        every = np.arange(index.size, dtype=np.uint32)
        return Matches(every, score(np.zeros(index.size, np.int32), index.standing))
    joined = join(found, choose(index.size))
    if joined is None:
        many = [each for each in found if isinstance(each, Many)]
        documents, tiers = _everywhere(many, index.size)
    else:
        documents, tiers = joined.documents, joined.tiers
    return Matches(documents.astype(np.uint32), score(tiers, index.standing[documents]))


def _everywhere(many: list[Many], size: int) -> tuple[Array, Array]:
    common = np.bitwise_and.reduce([each.reached[0] for each in many])
    documents = np.flatnonzero(bits(common, size))
    tiers = np.zeros(len(documents), np.int32)
    for each in many:
        for bitmap in each.reached:
            tiers += bits(bitmap, size)[documents]
    return documents, tiers
