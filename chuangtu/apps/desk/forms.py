"""What officers fill in: the file they bring, and the fields of a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from chuangtu.apps.desk.facts import JOINER
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.rulebook.lists import choices
from chuangtu.terms.kind import Choice, Field, FieldType
from chuangtu.terms.viewer import Viewer

LISTED = frozenset({FieldType.CODES, FieldType.TEXTS, FieldType.PARTIES})


def is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def named(choice: Any) -> str:
    """The name of a kind, field or choice in the page's language."""
    return str(choice.zh if is_chinese() else choice.en)


class UploadForm(forms.Form):
    """A file and where its rows come from."""

    kind = forms.ChoiceField(label=_("资源种类"))
    file = forms.FileField(label=_("文件"), allow_empty_file=False)
    source = forms.CharField(label=_("数据来源"), max_length=300)
    source_date = forms.DateField(label=_("来源日期"))
    source_url = forms.URLField(
        label=_("来源网址"), required=False, max_length=500, assume_scheme="https"
    )
    crs = forms.ChoiceField(label=_("坐标系"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = [each for each in KINDS.values() if viewer.can_see(each.visibility)]
        kinds, systems = self.fields["kind"], self.fields["crs"]
        assert isinstance(kinds, forms.ChoiceField)
        assert isinstance(systems, forms.ChoiceField)
        kinds.choices = [(each.name, named(each)) for each in seen]
        systems.choices = [
            ("", _("以文件中写明的为准")),
            *((each.code, named(each)) for each in choices("crs")),
        ]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        limit = settings.UPLOAD_LIMIT_BYTES
        if file.size > limit:
            raise forms.ValidationError(
                _("文件有 %(size)s，超过上限 %(limit)s。请拆成几个文件分别导入。"),
                params={"size": filesizeformat(file.size), "limit": filesizeformat(limit)},
            )
        return file


@dataclass(frozen=True, slots=True)
class Input:
    """One field of a record's form: what stands in it and what is wrong with it."""

    field: Field
    value: str
    choices: tuple[Choice, ...]
    chosen: tuple[str, ...]
    errors: tuple[str, ...]

    @property
    def widget(self) -> str:
        """Which part of the template draws it."""
        if self.field.type in (FieldType.CODES,):
            return "checks"
        if self.choices:
            return "select"
        if self.field.type in (FieldType.LONG_TEXT, FieldType.TEXTS, FieldType.PARTIES):
            return "area"
        return "line"

    @property
    def mode(self) -> str:
        """The keyboard a phone should show."""
        kinds = {FieldType.INTEGER: "numeric", FieldType.DECIMAL: "decimal", FieldType.URL: "url"}
        return kinds.get(self.field.type, "text")


def choices_of(
    field: Field, towns: Sequence[Choice], areas: Sequence[Choice]
) -> tuple[Choice, ...]:
    """The values to choose from; none for free text."""
    if field.type is FieldType.TOWN:
        return tuple(towns)
    if field.type is FieldType.AREA:
        return tuple(areas)
    if field.type is FieldType.BOOLEAN:
        return choices("boolean")
    return field.choices


def given(fields: Iterable[Field], data: Any) -> dict[str, str]:
    """What was typed, field by field; several checked boxes are joined."""
    found: dict[str, str] = {}
    for field in fields:
        if field.type in LISTED:
            found[field.name] = JOINER.join(each for each in data.getlist(field.name) if each)
        else:
            found[field.name] = data.get(field.name, "").strip()
    return found


def inputs(
    fields: Iterable[Field],
    values: Mapping[str, str],
    errors: Mapping[str, Sequence[str]],
    towns: Sequence[Choice],
    areas: Sequence[Choice],
) -> list[Input]:
    """The form's fields in the order of the declaration."""
    return [
        Input(
            field=field,
            value=values.get(field.name, ""),
            choices=choices_of(field, towns, areas),
            chosen=tuple(filter(None, values.get(field.name, "").split(JOINER))),
            errors=tuple(errors.get(field.name, ())),
        )
        for field in fields
    ]
