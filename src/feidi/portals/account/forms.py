"""Forms of the account pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.kernel.identity.models import User
from feidi.portals.ui.forms import Form


class LoginForm(Form):
    """Login and password."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class PasswordChangeForm(Form):
    """The present password, and the new one twice."""

    present = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label=_("新密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 10 个字符，不要全是数字，不要用常见密码，不要和登录名相近。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输入一次新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        """Refuse when the present password is wrong."""
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise forms.ValidationError(_("现在的密码不对。如何修正：重新输入；忘记时请管理员重设。"))
        return present

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse when the two new passwords differ, or equal the present one."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("两次输入的新密码不一样。如何修正：两处输入相同的新密码。"))
        if values.get("password") and values.get("password") == values.get("present"):
            self.add_error("password", _("新密码与现在的密码相同。如何修正：换一个没有用过的密码。"))
        return values
