"""What the queue keeps of a judgement."""

from __future__ import annotations

from typing import Any

from chuangtu.engines.resolve.model import Judgement

GROUP = "pair-"
"""How the acts of deciding on a pair are named, before its number."""


def reasons_of(judgement: Judgement) -> list[dict[str, Any]]:
    """The reasons as JSON, weightiest first."""
    return [
        {"leaning": each.leaning.value, "zh": each.zh, "en": each.en} for each in judgement.reasons
    ]
