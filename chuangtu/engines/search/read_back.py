"""A document → its other texts, in the form in which they are compared."""

from __future__ import annotations

from collections.abc import Iterator

from chuangtu.engines.search.model import Index, Layer
from chuangtu.terms.viewer import Visibility


def read_back(index: Index, position: int, sees: Visibility) -> tuple[str, ...]:
    """Give the folded fields of a document that this class may see, names and codes among them."""
    return tuple(each for layer in index.layers[: sees + 1] for each in _fields(layer, position))


def _fields(layer: Layer, position: int) -> Iterator[str]:
    starts, text = layer.written.starts, layer.written.text
    end = int(starts[position + 1]) if position + 1 < len(starts) else len(text)
    symbols = text[int(starts[position]) : end].tolist()
    said = "".join(layer.characters[each] if each else "\0" for each in symbols)
    return (each for each in said.split("\0") if each)
