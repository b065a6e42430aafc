"""What is being typed → names it may become."""

from __future__ import annotations

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.find import NONE, Few, Found, Many, find
from chuangtu.engines.search.grade import grade
from chuangtu.engines.search.highlight import highlight
from chuangtu.engines.search.model import Document, Index, Suggestion, Tier
from chuangtu.engines.search.name import name
from chuangtu.engines.search.rank import rank
from chuangtu.terms.viewer import Visibility

# Documents looked at per suggestion asked for: some bear one name.
_SPARE = 3


def suggest(index: Index, typed: str, sees: Visibility, limit: int = 8) -> tuple[Suggestion, ...]:
    """Suggest names while somebody types: those that start so first, then those that hold it.

    Pinyin and initials count as in `match`; texts and codes do not. Each name is given once.

    Args:
        index: what was built.
        typed: as far as it goes; nothing typed suggests nothing.
        sees: the widest class of names the viewer may see.
        limit: how many names to give at most, from 1.
    """
    parts = divide(typed)
    if not parts:
        return ()
    found = [_in_names(find(index, part, sees)) for part in parts]
    suggestions: dict[str, Suggestion] = {}
    for position in rank(index, found, limit * _SPARE).positions.tolist():
        best = max(name(index, position, sees), key=lambda each: _fit(each, parts), default=None)
        if best is not None and best not in suggestions:
            spans = highlight(best, typed, is_name=True)
            suggestions[best] = Suggestion(best, position, spans)
    return tuple(suggestions.values())[:limit]


def _in_names(found: Found) -> Found:
    """Leave out what only a text, or the inside of a code, holds."""
    if isinstance(found, Few):
        here = found.tiers >= Tier.SOUND
        return Few(found.documents[here], found.tiers[here])
    if len(found.reached) < Tier.SOUND:
        return NONE
    return Many((found.reached[1], *found.reached[1:]))


def _fit(one: str, parts: tuple[str, ...]) -> tuple[int, int]:
    document = Document(((one,), (), ()))
    tiers = sum(grade(document, part, Visibility.PUBLIC) for part in parts)
    return tiers, -len(one)
