"""Every writing of the register."""

from __future__ import annotations

from chuangtu.apps.registry.actions.apply import Applied, apply_rows

__all__ = ["Applied", "apply_rows"]
