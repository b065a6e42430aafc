"""The words against a few documents that no index holds yet: words that were probably meant."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from chuangtu.engines.search.divide import divide
from chuangtu.engines.search.fold import fold
from chuangtu.engines.search.hear import hear
from chuangtu.engines.search.model import Document
from chuangtu.engines.search.retype import retype
from chuangtu.engines.search.scan import scan
from chuangtu.engines.search.sound import sound
from chuangtu.engines.search.spell import BREAK, FIRST
from chuangtu.terms.viewer import Visibility

_WORD = re.compile("[A-Za-z]+")
_LATIN = re.compile("[a-z]+")


def amend(documents: Sequence[Document], words: str, sees: Visibility) -> str | None:
    """Propose words that find one of these documents, as `correct` does for an index.

    A part of Latin letters becomes a word that is written in a document; pinyin is not mended.

    Args:
        documents: some, all of which are read.
        words: as typed.
        sees: the widest class of text the viewer may see.
    """
    parts = divide(words)
    if not parts or not documents or len(scan(documents, words, sees)):
        return None
    meant = [
        part if len(scan(documents, part, sees)) else _near(documents, part, sees)
        for part in parts
    ]
    proposed = " ".join(each for each in meant if each is not None)
    if None in meant or not len(scan(documents, proposed, sees)):
        return None
    return proposed


def _near(documents: Sequence[Document], part: str, sees: Visibility) -> str | None:
    names = [name for each in documents for some in each.names[: sees + 1] for name in some]
    if not _LATIN.fullmatch(part):
        return _as_heard(names, part)
    texts = [text for each in documents for some in each.texts[: sees + 1] for text in some]
    near = retype(part)
    written = Counter(word for text in (*names, *texts) for word in _WORD.findall(text))
    meant = [(word[0].lower() == part[0], count, word) for word, count in written.items()]
    return max((each for each in meant if fold(each[2]) in near), default=(False, 0, None))[2]


def _as_heard(names: Sequence[str], part: str) -> str | None:
    symbols = [each & ~FIRST for each in sound(part).letters]
    if len(symbols) < 2 or BREAK in symbols:
        return None
    latin = "".join(chr(each + 96) for each in symbols)
    heard = (
        folded[first : last + 1]
        for folded in map(fold, names)
        for first, last in hear(folded, latin)
    )
    return next((each for each in heard if not _LATIN.fullmatch(each)), None)
