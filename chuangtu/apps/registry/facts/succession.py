"""How an act of merging is named, so that whoever asks for what went finds what stayed."""

from __future__ import annotations

MERGE = "merge:"


def act_of(*, gone: int, into: int, unique: str) -> str:
    """The name of the act that made two records one; at most 64 signs."""
    return f"{MERGE}{gone}:{into}:{unique}"


def successor_in(act: str, gone: int) -> int | None:
    """The record that stayed when this one went by an act; `None` where it was another act."""
    if not act.startswith(MERGE):
        return None
    one, into, _ = act.removeprefix(MERGE).split(":")
    return int(into) if int(one) == gone else None
