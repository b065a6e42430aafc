"""The part of a document's score that does not depend on the words."""

from __future__ import annotations

from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.model import CLASSES, Document


def standing(document: Document) -> int:
    """Weigh a document: heavier first, then the one with the shorter name; 0 to 65,535.

    The length is that of the first name in the most public class that holds any text: whoever
    finds the document sees that class, so that the order tells nobody about a name they may not
    see.
    """
    length = 255
    for each in range(CLASSES):
        if names := document.names[each]:
            length = min(len(fold(names[0])), 255)
            break
        if document.texts[each] or document.codes[each]:
            break
    return min(max(document.weight, 0), 255) << 8 | (255 - length)
