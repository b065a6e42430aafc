"""What a version says of itself, and whether this release can read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import orjson

from chuangtu.apps.snapshots.declared import layout

FORMAT = 5
_NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """One version: what it covers and which columns it has.

    Attributes:
        version: its name.
        sequence: the last change of a record that is part of it.
        count: how many records there are.
        fingerprint: names its columns.
        built_at: when, ISO.
        areas: the last change of an area whose shape it knows: which records lie in it.
        drawn: code → what tells that shape from another one.
        format: of the files.
    """

    version: str
    sequence: int
    count: int
    fingerprint: str
    built_at: str
    areas: int = 0
    drawn: Mapping[str, str] = field(default_factory=dict)
    format: int = FORMAT

    @property
    def is_readable(self) -> bool:
        """Say whether it has the columns that today's declarations want."""
        return self.format == FORMAT and self.fingerprint == layout().fingerprint


def write_manifest(folder: Path, manifest: Manifest) -> None:
    (folder / _NAME).write_bytes(orjson.dumps(asdict(manifest)))


def read_manifest(folder: Path) -> Manifest | None:
    """None where there is none, or one of another release."""
    try:
        return Manifest(**orjson.loads((folder / _NAME).read_bytes()))
    except (FileNotFoundError, TypeError, ValueError):
        return None
