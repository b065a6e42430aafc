"""A file that only goes forward: what a library writes into it is taken out piece by piece."""

from __future__ import annotations

import io


class Outlet(io.RawIOBase):
    """Holds what was written since it was last emptied, and cannot seek."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def writable(self) -> bool:
        """Say yes: libraries ask."""
        return True

    def write(self, piece: object) -> int:
        """Keep a piece until it is taken."""
        kept = bytes(piece)  # type: ignore[call-overload]  # any buffer
        self._pieces.append(kept)
        return len(kept)

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole
