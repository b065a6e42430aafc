"""What officers fill in about a file they bring; forms of records come from the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from chuangtu.apps.accounts.roles import ROLES
from chuangtu.apps.registry.kinds import KINDS
from chuangtu.apps.registry.telling import named
from chuangtu.rulebook.lists import choices
from chuangtu.terms.viewer import Viewer


class UploadForm(forms.Form):
    """A file and where its rows come from."""

    kind = forms.ChoiceField(label=_("资源种类"))
    file = forms.FileField(
        label=_("文件"),
        error_messages={
            "required": _("还没有选文件。请选择要导入的文件。"),
            "empty": _("文件里没有任何内容。请确认选对了文件。"),
        },
    )
    source = forms.CharField(
        label=_("数据来源"),
        max_length=300,
        error_messages={"required": _("还没有填写来源。请写明文件名称或发布单位。")},
    )
    source_date = forms.DateField(
        label=_("来源日期"),
        error_messages=dict.fromkeys(
            ("required", "invalid"), _("看不出是哪一天。请填写资料的日期，如 2026-03-01。")
        ),
    )
    source_url = forms.URLField(
        label=_("来源网址"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={
            "invalid": _("这不是网址。请填写完整网址，如 https://www.example.cn，或留空。")
        },
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


class AccountForm(forms.Form):
    """A new account."""

    username = forms.CharField(label=_("账号"), max_length=150)
    name = forms.CharField(label=_("姓名"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("角色"), choices=[(each.role, each.name) for each in ROLES])
    password = forms.CharField(
        label=_("密码"), max_length=200, required=False, strip=False, widget=forms.PasswordInput
    )


class RoleForm(forms.Form):
    """Another role of an account."""

    role = forms.ChoiceField(label=_("角色"), choices=[(each.role, each.name) for each in ROLES])


class PasswordForm(forms.Form):
    """A new password of an account; none lets one be made."""

    password = forms.CharField(
        label=_("密码"), max_length=200, required=False, strip=False, widget=forms.PasswordInput
    )
