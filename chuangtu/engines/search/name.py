"""A document → its names, as they were given."""

from __future__ import annotations

from collections.abc import Iterator

from chuangtu.engines.search.model import Index, Layer
from chuangtu.terms.viewer import Visibility


def name(index: Index, position: int, sees: Visibility) -> tuple[str, ...]:
    """Give the names of a document that this class may see, the most public first."""
    return tuple(each for layer in index.layers[: sees + 1] for each in _names(layer, position))


def _names(layer: Layer, position: int) -> Iterator[str]:
    first, last = layer.name_counts[position : position + 2].tolist()
    at = int(layer.written.starts[position])
    for number in range(first, last):
        end = at
        while layer.written.text[end]:
            end += 1
        start, stop = layer.name_offsets[number : number + 2].tolist()
        if start < stop:
            yield layer.names[start:stop].tobytes().decode("utf-8")
        else:
            yield "".join(layer.characters[each] for each in layer.written.text[at:end].tolist())
        at = end + 1
