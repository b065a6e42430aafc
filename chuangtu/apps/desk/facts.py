"""Values of a record as the texts that stand in a form's boxes."""

from __future__ import annotations

from typing import Any

from chuangtu.terms.kind import Field, FieldType

JOINER = "；"
"""Stands between several values in one box."""


def written(field: Field, value: Any) -> str:
    """A value as it stands in the form's box."""
    if value is None or value == "":
        return ""
    if field.type is FieldType.BOOLEAN:
        return "true" if value else "false"
    if field.type is FieldType.DECIMAL:
        text = f"{value:f}" if not isinstance(value, str) else value
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, list | tuple):
        return JOINER.join(str(each) for each in value)
    return str(value)
