"""Have the inner loops ready before the first question."""

from __future__ import annotations

from chuangtu.engines.search import choose
from chuangtu.engines.search.match import match
from chuangtu.engines.search.model import Index
from chuangtu.engines.search.name import name
from chuangtu.engines.search.top import top
from chuangtu.terms.viewer import Visibility


def warm(index: Index) -> int:
    """Ask an index what uses every loop, so that each is compiled, or loaded from Numba's cache.

    Compiling takes some seconds once a machine, loading about a second a process. Call it aside
    when a worker opens an index, else the first to ask waits for it.

    Returns:
        How many questions were asked; none of a small index, whose loops are not compiled.
    """
    if not index.size or index.size < choose.COMPILED_FROM:
        return 0
    frequent = list(index.layers[0].written.dense)[:2]
    first = "".join(name(index, 0, Visibility.PUBLIC)).replace(" ", "")
    questions = [*frequent, " ".join(frequent), first, f"{first[:2]} {first[1:3]}", "a", "an"]
    for words in questions:
        match(index, words, Visibility.PUBLIC)
        top(index, words, Visibility.PUBLIC, 1)
    return len(questions)
