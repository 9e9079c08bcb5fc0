"""Forms of the account pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.kernel.identity.models import User
from feidi.kernel.notify.digests import Digest
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


def code_field(label: Any, *, help_text: Any = "", max_length: int = 20) -> forms.CharField:
    """Return a field for a code that telephones offer to fill in."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "autocapitalize": "none"}
    return forms.CharField(label=label, max_length=max_length, help_text=help_text, widget=forms.TextInput(attrs=attrs))


class SecondFactorForm(Form):
    """A code of the app, or a recovery code."""

    code = code_field(_("动态口令或恢复码"), help_text=_("验证器上的 6 位口令；手机不在身边时用一个恢复码。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # a recovery code has letters, so the numeric keyboard would not do
        self.fields["code"].widget.attrs.pop("inputmode")


class TotpForm(Form):
    """The first code of an app that was just set up."""

    code = code_field(_("验证器上的 6 位口令"))


class SmsCodeForm(Form):
    """A code that came by SMS."""

    code = code_field(_("短信验证码"))


class PhoneForm(Form):
    """A mobile number."""

    number = forms.CharField(
        label=_("手机号"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel", "autofocus": True}),
    )


class PresentPasswordForm(Form):
    """The present password, asked again before the ways of signing in are changed."""

    present = forms.CharField(
        label=_("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
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


class OwnPhoneForm(PresentPasswordForm, PhoneForm):
    """A number for one's own account."""

    field_order = ("number", "present")


class NewPasswordForm(Form):
    """A first password of one's own, twice."""

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

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse when the two differ."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("password") and values.get("again") and values["password"] != values["again"]:
            self.add_error("again", _("两次输入的新密码不一样。如何修正：两处输入相同的新密码。"))
        return values


class PasswordChangeForm(PresentPasswordForm, NewPasswordForm):
    """The present password, and the new one twice."""

    field_order = ("present", "password", "again")

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse when the new password equals the present one."""
        values = super().clean()
        if values.get("password") and values.get("password") == values.get("present"):
            self.add_error("password", _("新密码与现在的密码相同。如何修正：换一个没有用过的密码。"))
        return values


class TopicsForm(Form):
    """Which digests are wanted; none is an answer, too."""

    topics = forms.MultipleChoiceField(
        label=_("每天一封，只在有新内容时发"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, digests: Sequence[Digest], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.topic, f"{each.label}：{each.tells}") for each in digests]
        self.fields["topics"].choices = choices  # type: ignore[attr-defined]
