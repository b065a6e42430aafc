"""Places in a running text → documents, and how well a match there counts."""

from __future__ import annotations

import numpy as np

from chuangtu.engines.search.collect import BORDER, IN_CODE, IN_NAME
from chuangtu.engines.search.model import Array, Tier


def place(
    text: Array, starts: Array, flags: Array, places: Array, length: int
) -> tuple[Array, Array]:
    """Give the document and the tier (uint8) of a match of some length at each place.

    Args:
        text: symbols, 0 between fields.
        starts: where each document starts in the text.
        flags: per symbol; empty if the text is what names sound like.
        places: where the matches start.
        length: of the match, in symbols.
    """
    documents = np.searchsorted(starts, places, side="right") - 1
    starts_field = text[places - np.uint32(1)] == 0
    if not flags.size:
        return documents, np.where(starts_field, Tier.WORD, Tier.SOUND).astype(np.uint8)
    after = places + np.uint32(length)
    whole = starts_field & (text[after] == 0)
    here = flags[places]
    words = (here & BORDER > 0) & (flags[after] & BORDER > 0)
    in_name = np.select(
        [whole, starts_field, words], [Tier.WHOLE, Tier.START, Tier.WORD], default=Tier.NAME
    )
    in_code = np.where(whole, Tier.WHOLE, Tier.TEXT)
    tiers = np.select([here & IN_NAME > 0, here & IN_CODE > 0], [in_name, in_code], Tier.TEXT)
    return documents, tiers.astype(np.uint8)
