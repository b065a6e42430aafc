"""Where the words stand in a text, in the text's own characters."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import combining

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.hear import hear
from chuangtu.engines.search.model import Span
from chuangtu.engines.search.places import places


def highlight(text: str, words: str, *, is_name: bool = False) -> tuple[Span, ...]:
    """Give the stretches of a text that the words matched, ascending and apart.

    A character of which only a piece matched (㈱ for 株) counts whole.

    Args:
        text: as it is shown.
        words: as typed.
        is_name: the text is a name, so that pinyin and initials count where no letters do.
    """
    folded = fold(text)
    marked = bytearray(len(folded))
    for part in divide(words):
        written = [(at, at + len(part)) for at in places(folded, part)]
        if is_name and not written:
            written = [(first, last + 1) for first, last in hear(folded, part)]
        for start, end in written:
            marked[start:end] = b"\1" * (end - start)
    spans: list[Span] = []
    done = 0
    for cluster, size in _clusters(text, folded):
        if any(marked[done : done + size]):
            if spans and spans[-1].end == cluster.start:
                spans[-1] = Span(spans[-1].start, cluster.end)
            else:
                spans.append(cluster)
        done += size
    return tuple(spans)


def _clusters(text: str, folded: str) -> list[tuple[Span, int]]:
    """Cut a text into the least stretches that fold on their own; give the folded length too."""
    alone = [fold(each) for each in text]
    if "".join(alone) == folded and all(len(each) == 1 for each in alone):
        return [(Span(at, at + 1), 1) for at in range(len(text))]
    cuts = [0]
    for at in range(1, len(text)):
        if _parts_before(text[cuts[-1] : at], text[at]):
            cuts.append(at)
    spans = [Span(*each) for each in pairwise([*cuts, len(text)])]
    return [(each, len(fold(text[each.start : each.end]))) for each in spans]


def _parts_before(before: str, character: str) -> bool:
    """Say whether a character folds apart from what stands before it."""
    # Marks go with their letter, for they may change places; the unseen goes with what is seen.
    # The half-width sound marks (ﾞ, ﾟ) are marks only once they are folded.
    one, two = fold(before), fold(character)
    if combining(character) or any(map(combining, two[:1])):
        return False
    return one != "" != two and fold(before + character) == one + two
