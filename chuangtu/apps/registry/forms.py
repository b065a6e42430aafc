"""The form of a kind, made from its declaration.

What a value means is decided by the same reading as for files, so that a form and a file never
disagree; a form only chooses the widget and puts each finding beside its field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import lazy

from chuangtu.apps.registry.facts import Findings, clean
from chuangtu.apps.registry.facts.merge import PARTY_TYPES
from chuangtu.apps.registry.facts.reading import with_number
from chuangtu.apps.registry.kinds import KINDS, all_fields
from chuangtu.apps.registry.queries import Record, look_around, names_of
from chuangtu.apps.registry.telling import is_chinese, named
from chuangtu.rulebook.lists import choices
from chuangtu.terms.coordinates import Crs, convert
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.numbers import whole_number
from chuangtu.terms.viewer import OFFICER, Viewer, Visibility

SAYING = ("source", "source_date")
"""Fields that say where the values come from, not what the record is."""
OPENED = "opened_names"
"""The box in which an editor opens names that a record bore while it was hidden."""
HIDDEN = ("一条不对您开放的记录", "A record not open to you")
"""What a form shows of a party that is hidden from its editor."""
UNKNOWN_VERSION = (
    "看不出您打开的是这条记录的哪一版，其间可能有人改过。"
    "您填写的内容还在：请与现有记录核对，再保存一次。",
    "Which version of the record you opened cannot be told; somebody may have changed it since. "
    "What you filled in is still here: compare it with the record as it is, then save again.",
)
_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL)
_MANY_LINES = (FieldType.LONG_TEXT, FieldType.TEXTS, FieldType.PARTIES)


class RecordForm(forms.Form):
    """Edits one record of `kind`; made by `form_for`.

    After `is_valid()`: `values` is what the fields mean, for `actions.create` and `change`;
    `said` is source and day; `warnings` are findings that do not keep the record out.
    """

    kind = ""
    viewer: Viewer = OFFICER
    is_new = True

    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, record: Record | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._hidden = {} if record is None else hidden_parties(record, self.viewer)
        withheld = [] if record is None else [e["text"] for e in record.names if _is_withheld(e)]
        if withheld:
            self.fields[OPENED] = _opened_field(withheld)

    def clean_version(self) -> int | None:
        return whole_number(self.cleaned_data["version"], digits=9)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not self.is_new and given.get("version") is None:
            self.add_error(None, _say(*UNKNOWN_VERSION))
        rows = {each.name: given.get(each.name) for each in visible_fields(self.kind, self.viewer)}
        for name, hidden in self._hidden.items():
            rows[name] = _without_sentences(rows.get(name) or "", hidden)
        read = clean(
            self.kind, rows, viewer=self.viewer, around=look_around(), is_whole=self.is_new
        )
        self.values = {k: v for k, v in read.values.items() if k not in SAYING}
        self.said = {name: read.values.get(name) for name in SAYING}
        self.warnings: Findings = tuple(each for each in read.findings if not each.is_fatal)
        self.refuse(tuple(each for each in read.findings if each.is_fatal))
        return given

    def refuse(self, findings: Findings) -> None:
        """Put findings beside their fields; also for those an action comes back with."""
        for each in findings:
            place = each.field if each.field in self.fields else None
            self.add_error(place, each.zh if is_chinese() else each.en)


def form_for(kind: str, viewer: Viewer = OFFICER, *, is_new: bool = True) -> type[RecordForm]:
    """The form class of a kind with the fields this viewer may see."""
    made = {each.name: _form_field(kind, each, viewer) for each in visible_fields(kind, viewer)}
    name = f"{kind.title().replace('_', '')}Form"
    return type(name, (RecordForm,), {**made, "kind": kind, "viewer": viewer, "is_new": is_new})


def visible_fields(kind: str, viewer: Viewer) -> tuple[Field, ...]:
    """The fields of a kind this viewer may see, in the order people fill them in."""
    return tuple(each for each in all_fields(kind) if viewer.can_see(each.visibility))


def hidden_parties(record: Record, viewer: Viewer) -> dict[str, list[int]]:
    """Field → the parties that are hidden from the viewer, in the order the form shows them."""
    said = {each: record.values[each.name] for each in _parties_of(record)}
    seen = names_of((one for ids in said.values() for one in ids), viewer)
    hidden = {each.name: [one for one in ids if one not in seen] for each, ids in said.items()}
    return {name: ids for name, ids in hidden.items() if ids}


def _is_withheld(name: Mapping[str, Any]) -> bool:
    return bool(name.get("visibility"))


def _opened_field(texts: Sequence[str]) -> forms.Field:
    return forms.MultipleChoiceField(
        required=False,
        label=_said_lazily("对所有人公开这些名称", "Open these names to everybody"),
        help_text=_said_lazily(
            "记录未公开时用过的名称，不随记录公开；勾选的名称从此人人可见、可检索。",
            "Names that the record bore while it was hidden stay hidden when it is shown; those"
            " you tick can be seen and searched by everybody.",
        ),
        choices=[(each, each) for each in dict.fromkeys(texts)],
        widget=forms.CheckboxSelectMultiple,
    )


def _parties_of(record: Record) -> list[Field]:
    fields = KINDS[record.kind].fields
    return [each for each in fields if each.type in PARTY_TYPES and each.name in record.values]


def _without_sentences(written: str, hidden: Sequence[int]) -> str:
    """What somebody wrote, with hidden parties named by their numbers again."""
    numbers = iter(hidden)
    return re.sub(
        "|".join(HIDDEN),
        lambda found: with_number("", number) if (number := next(numbers, 0)) else found[0],
        written,
    )


def initial_of(record: Record, viewer: Viewer) -> dict[str, Any]:
    """What the form of a record shows before anybody types."""
    said = (one for each in _parties_of(record) for one in record.values[each.name])
    names = names_of(said, viewer)
    shown: dict[str, Any] = {"version": record.version, "name": record.name}
    values = {**record.values, **_sites_in_one_system(record)}
    for field in all_fields(record.kind):
        value = values.get(field.name)
        if value is not None:
            shown[field.name] = _shown(field, value, names)
    return shown


def _sites_in_one_system(record: Record) -> dict[str, Any]:
    """The positions of sites in the system that the form says, which is one for all of them."""
    given = {each["role"]: each["given"] for each in reversed(record.sites) if each["given"]}
    fields = {each.name for each in all_fields(record.kind)}
    sites = {role: each for role, each in given.items() if f"{role}_longitude" in fields}
    if not sites:
        return {}
    system = record.values.get("crs") if "longitude" in record.values else None
    crs = system or next(iter(sites.values()))["crs"]
    shown: dict[str, Any] = {"crs": crs}
    for role, each in sites.items():
        if each["crs"] != crs:
            at = each["longitude"], each["latitude"]
            degrees = convert(*at, Crs(each["crs"]), Crs(crs))
            for part, value in zip(("longitude", "latitude"), degrees, strict=True):
                shown[f"{role}_{part}"] = round(Decimal(value), 9)
    return shown


def _shown(field: Field, value: Any, names: Mapping[int, str]) -> Any:
    if field.type in PARTY_TYPES:
        return "；\n".join(
            with_number(names[each], each) if each in names else _say(*HIDDEN) for each in value
        )
    if field.type is FieldType.TEXTS:
        return "；\n".join(value)
    if field.type is FieldType.CODES:
        return list(value)
    if field.type is FieldType.BOOLEAN:
        return "yes" if value else "no"
    if field.type is FieldType.DECIMAL:
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    return value


def _say(zh: str, en: str) -> str:
    return zh if is_chinese() else en


_said_lazily: Callable[[str, str], Any] = lazy(_say, str)


class _OneOf(forms.ChoiceField):
    """A drop-down; what it does not offer is refused by the reading, in its own sentence."""

    def valid_value(self, value: Any) -> bool:
        return True


def _form_field(kind: str, field: Field, viewer: Viewer) -> forms.Field:
    """Required is left to the reading: its sentence says more than the browser's."""
    unit = (f"（{field.unit}）", f" ({field.unit_en})") if field.unit else ("", "")
    is_named = field.name == "name" and bool(KINDS[kind].name_from)
    options: dict[str, Any] = {
        "required": False,
        "label": _said_lazily(field.zh + unit[0], field.en + unit[1]),
        "help_text": _said_lazily(*(_derived_note(kind) if is_named else _note(field))),
    }
    attributes = {"data-type": field.type.value}
    if field.required and not is_named:
        attributes["aria-required"] = "true"
    if field.type is FieldType.CODES:
        return forms.MultipleChoiceField(
            choices=lambda: [(each.code, named(each)) for each in field.choices],
            widget=forms.CheckboxSelectMultiple,
            **options,
        )
    listed = _choices(field, viewer)
    if listed is not None:
        return _OneOf(choices=listed, widget=forms.Select(attributes), **options)
    return forms.CharField(widget=_widget(field, attributes), **options)


_IN_A_FORM = {
    "source": (
        "这次填写的依据：文件名称、发布单位，或“电话核实”等。",
        "What this rests on: a document, its publisher, or a telephone call.",
    ),
    "source_date": ("依据所说的是哪一天的情况。", "The day that the source speaks of."),
}
"""What to fill in where a declaration's own note speaks of the columns of a file."""


def _note(field: Field) -> tuple[str, str]:
    return _IN_A_FORM.get(field.name) or (field.note_zh, field.note_en)


def _derived_note(kind: str) -> tuple[str, str]:
    """What the name of a record follows that nobody names."""
    parts = [KINDS[kind].by_name[each] for each in KINDS[kind].name_from]
    zh, en = "".join(f"“{each.zh}”" for each in parts), " and ".join(f"'{e.en}'" for e in parts)
    return (
        f"留空时由{zh}组成，并随它们更新；自己填写的名称不会自动更改。",
        f"Left empty, it is made of {en} and follows them; a name of your own stays as it is.",
    )


def _choices(field: Field, viewer: Viewer) -> Callable[[], list[tuple[str, str]]] | None:
    """The drop-down of a field, read when the form is shown; `None` where one types."""
    if field.name == "visibility":
        return lambda: _with_nothing(field, _classes(field, viewer))
    if field.type is FieldType.CODE:
        return lambda: _with_nothing(field, field.choices)
    if field.type is FieldType.BOOLEAN:
        return lambda: _with_nothing(field, choices("boolean"))
    if field.type is FieldType.TOWN:
        return lambda: _with_nothing(field, look_around().towns)
    if field.type is FieldType.AREA:
        return lambda: _with_nothing(field, look_around().areas)
    return None


def _classes(field: Field, viewer: Viewer) -> tuple[Choice, ...]:
    """Nobody makes a record that they may not see."""
    codes = {each.name.lower() for each in Visibility if viewer.can_see(each)}
    return tuple(each for each in field.choices if each.code in codes)


def _with_nothing(field: Field, values: tuple[Choice, ...]) -> list[tuple[str, str]]:
    nothing = _say("请选择", "Please choose") if field.required else _say("不清楚", "Unknown")
    return [("", nothing), *((each.code, named(each)) for each in values)]


def _widget(field: Field, attributes: dict[str, str]) -> forms.Widget:
    if field.type in _MANY_LINES:
        return forms.Textarea({**attributes, "rows": "3"})
    if field.type is FieldType.DATE:
        return forms.DateInput({**attributes, "type": "date"}, format="%Y-%m-%d")
    if field.type in _NUMBERS:
        return forms.TextInput({**attributes, "inputmode": "decimal"})
    if field.type is FieldType.URL:
        return forms.TextInput({**attributes, "inputmode": "url"})
    if field.type is FieldType.PARTY:
        return forms.TextInput({**attributes, "data-kind": field.of, "autocomplete": "off"})
    return forms.TextInput(attributes)
