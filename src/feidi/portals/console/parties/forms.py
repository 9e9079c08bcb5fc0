"""Forms of the organizations' pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.enums import OrganizationKind
from feidi.domain.parties.models import Outpost
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
