"""How well one part matches one document: the definition that the index must agree with."""

from __future__ import annotations

from itertools import accumulate

from chuangtu.engines.search.cut import cut
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.hear import hear
from chuangtu.engines.search.model import Document, Tier
from chuangtu.engines.search.places import places
from chuangtu.terms.viewer import Visibility


def grade(document: Document, part: str, sees: Visibility) -> Tier:
    """Give the best tier at which a folded part matches what the viewer may see of a document."""
    best = Tier.NONE
    for each in range(sees + 1):
        for text in document.texts[each]:
            if part in fold(text):
                best = max(best, Tier.TEXT)
        for code in map(fold, document.codes[each]):
            if part in code:
                best = max(best, Tier.WHOLE if part == code else Tier.TEXT)
        for name in map(fold, document.names[each]):
            best = max(best, _in_name(name, part), _in_sound(name, part))
    return best


def _in_name(name: str, part: str) -> Tier:
    if part not in name:
        return Tier.NONE
    if part == name:
        return Tier.WHOLE
    if name.startswith(part):
        return Tier.START
    borders = {0, *accumulate(map(len, cut(name)))}
    is_word = any(at in borders and at + len(part) in borders for at in places(name, part))
    return Tier.WORD if is_word else Tier.NAME


def _in_sound(name: str, part: str) -> Tier:
    first = min((start for start, _ in hear(name, part)), default=None)
    if first is None:
        return Tier.NONE
    return Tier.SOUND if first else Tier.WORD
