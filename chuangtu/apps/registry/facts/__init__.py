"""Rows of the register ↔ plain values: reading, checking, merging, publishing."""

from __future__ import annotations

from chuangtu.apps.registry.facts.check import Cleaned, clean, validate
from chuangtu.apps.registry.facts.finding import Finding, Findings, has_fatal
from chuangtu.apps.registry.facts.values import NOWHERE, Surroundings

__all__ = [
    "NOWHERE",
    "Cleaned",
    "Finding",
    "Findings",
    "Surroundings",
    "clean",
    "has_fatal",
    "validate",
]
