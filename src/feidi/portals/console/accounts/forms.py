"""Forms of the accounts' pages. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.parties.models import Organization, Outpost, Place
from feidi.portals.console.accounts.presenting import STATE_NAMES, role_choices
from feidi.portals.ui.forms import Form

_ALL = ("", _("全部"))


class FilterForm(Form):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("姓名或登录名"), max_length=60, required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[_ALL, *STATE_NAMES.items()])
    role = forms.ChoiceField(label=_("角色"), required=False)

    def __init__(self, *args: Any, roles: Mapping[str, Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [_ALL, *role_choices(roles)]  # type: ignore[attr-defined]


class _Day(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class RoleForm(Form):
    """A role and over what it is held; which of the three places counts follows from the role."""

    role = forms.ChoiceField(label=_("角色"), help_text=_("括号里是这个角色的范围，下面只填对应的一项"))
    outpost = forms.ModelChoiceField(
        label=_("驻点"), queryset=Outpost.objects.none(), required=False, empty_label=_("（不适用）")
    )
    home = forms.ModelChoiceField(
        label=_("主办地"), queryset=Place.objects.none(), required=False, empty_label=_("（不适用）")
    )
    organization = forms.CharField(
        label=_("单位全称"),
        max_length=160,
        required=False,
        help_text=_("入驻企业、申请人等填写；要与登记的名称完全一致"),
    )
    valid_to = forms.DateField(
        label=_("止日"), required=False, widget=_Day(), help_text=_("从这一天起不再持有；审计等临时角色应当填写")
    )

    def __init__(self, *args: Any, roles: Mapping[str, Mapping[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = roles
        outposts = Outpost.objects.order_by("id")
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        homes = Place.objects.filter(pk__in=outposts.values("home")).order_by("code")
        self.fields["home"].queryset = homes  # type: ignore[attr-defined]

    @override
    def clean(self) -> dict[str, Any]:
        """Keep the one place that the role is held over; refuse when it is not given."""
        values: dict[str, Any] = super().clean() or {}
        needed = str(self.roles.get(values.get("role", ""), {}).get("scope", ""))
        if needed == "organization" and values.get("organization"):
            values["organization"] = self._organization(values["organization"])
        elif needed in {"outpost", "home", "organization"} and not values.get(needed):
            self.add_error(needed, _("这个角色要有范围。请填写这一项。"))
        return {
            **values,
            **{each: None for each in ("outpost", "home", "organization") if each != needed},
        }

    def _organization(self, name: str) -> Organization | None:
        found = list(Organization.objects.filter(name=name.strip(), voided_at__isnull=True)[:2])
        if len(found) != 1:
            self.add_error("organization", _("没有找到唯一一家这个名称的单位。请核对全称；先要由驻点登记。"))
        return found[0] if len(found) == 1 else None


class PersonForm(Form):
    """The name and how to reach the user."""

    display_name = forms.CharField(label=_("姓名"), max_length=60)
    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        error_messages={"invalid": _("这不像邮箱地址。请写成 name@example.cn 这样，或留空。")},
    )
    phone = forms.CharField(
        label=_("手机号"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
        help_text=_("用于短信验证码登录；加密保存"),
    )


class InviteForm(RoleForm, PersonForm):
    """A new account with its first role."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off"}),
        help_text=_("小写字母、数字或 . _ @ -，开通后不改"),
    )
    field_order = ("login", "display_name", "role", "outpost", "home", "organization", "valid_to", "phone", "email")


class EditForm(PersonForm):
    """Name, mail and phone of an account; an empty phone leaves the number as it is."""

    remove_phone = forms.BooleanField(label=_("移除现有手机号"), required=False)
    field_order = ("display_name", "email", "phone", "remove_phone")
