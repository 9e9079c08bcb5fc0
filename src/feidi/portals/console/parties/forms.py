"""Forms of the organizations' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.enums import AliasKind, IdentifierScheme, OrganizationKind
from feidi.domain.parties.models import Outpost
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form


class FilterForm(Form):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("名称或代码"), max_length=160, required=False)
    kind = forms.ChoiceField(label=_("类别"), required=False, choices=[("", _("全部")), *OrganizationKind.choices])
    outpost = forms.ModelChoiceField(
        label=_("驻点"), required=False, queryset=Outpost.objects.none(), empty_label=_("全部")
    )

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(outposts) > 1:
            self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        else:
            del self.fields["outpost"]


class LookupForm(Form):
    """A whole name or number to ask about."""

    words = forms.CharField(
        label=_("单位全称或统一社会信用代码"),
        max_length=160,
        help_text=_("要写全：只写一部分查不到。"),
        error_messages={"required": _("没有写要查的单位。请填写全称或代码。")},
    )


class NumberForm(Form):
    """A number put right, or one more."""

    scheme = forms.ChoiceField(label=_("号码类别"), choices=IdentifierScheme.choices)
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    value = forms.CharField(label=_("正确的号码"), max_length=40, help_text=_("对照营业执照或登记证逐位核对"))
    change_reason = forms.CharField(label=_("原因"), max_length=300)


class RenameForm(Form):
    """What it is called now, and whether the old name was real."""

    name = forms.CharField(label=_("现在的名称"), max_length=160)
    former = forms.TypedChoiceField(
        label=_("原来的名称"),
        choices=[("yes", _("曾经真的叫这个，留作曾用名")), ("no", _("写错了，不保留"))],
        coerce=lambda text: text == "yes",
    )
    change_reason = forms.CharField(label=_("原因"), max_length=300)


class AliasForm(Form):
    """Another name."""

    kind = forms.ChoiceField(label=_("是什么名称"), choices=AliasKind.choices)
    name = forms.CharField(label=_("名称"), max_length=160)


class ContinueForm(Form):
    """The firm as which a team goes on."""

    name = forms.CharField(label=_("公司全称"), max_length=160)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=20, required=False)
    since = date_field(_("注册日期"), help_text=_("空着就是今天"))
