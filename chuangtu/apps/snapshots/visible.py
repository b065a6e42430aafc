"""What a viewer sees of a payload: the values, sources and relations of the classes it may see."""

from __future__ import annotations

from functools import cache
from typing import Any

from chuangtu.apps.registry.facts.citing import sources_shown
from chuangtu.apps.registry.kinds import COMMON, KINDS
from chuangtu.terms.viewer import Viewer, Visibility

_FOR_US = ("visibility",)
"""Members of a stored payload that say who may see it, shown as a value where it is a field."""


def may_see(payload: dict[str, Any], viewer: Viewer) -> bool:
    """Say whether the record exists for this viewer."""
    return viewer.can_see(Visibility(payload["visibility"]))


def seen(payload: dict[str, Any], viewer: Viewer) -> dict[str, Any]:
    """The payload without what this viewer may not see; a new one, safe to add to."""
    hidden = _hidden(payload["kind"], viewer.sees)
    shown = {name: each for name, each in payload.items() if name not in _FOR_US}
    shown.setdefault("position", None)
    if hidden:
        shown["values"] = {n: v for n, v in payload["values"].items() if n not in hidden}
    if "names" in payload:
        shown["names"] = [
            {name: each for name, each in said.items() if name not in _FOR_US}
            for said in payload["names"]
            if said.get("visibility", Visibility.PUBLIC) <= viewer.sees
        ]
    if "relations" in payload:
        shown["relations"] = [
            {name: each for name, each in relation.items() if name not in _FOR_US}
            for relation in payload["relations"]
            if relation["visibility"] <= viewer.sees
        ]
    shown["sources"] = sources_shown(payload, shown)
    return shown


@cache
def _hidden(kind: str, sees: Visibility) -> frozenset[str]:
    """Names of the fields that this class may not see."""
    fields = (*COMMON, *KINDS[kind].fields)
    return frozenset(each.name for each in fields if each.visibility > sees)
