"""The form of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.submissions import Candidate
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form


class BatchForm(Form):
    """Which projects, why, for which days, under which plaque."""

    reason = forms.CharField(label=_("报送事由"), max_length=200, help_text=_("如：11月第3周例行报送"))
    plaque = forms.ChoiceField(label=_("以哪块牌子报送"), required=False)
    since = date_field(_("期间自"))
    until = date_field(_("期间至"))
    projects = forms.ModelMultipleChoiceField(
        label=_("项目"), queryset=Project.objects.none(), to_field_name="uid", widget=forms.MultipleHiddenInput
    )

    def __init__(
        self, *given: Any, found: Sequence[Candidate], plaques: Sequence[tuple[str, str]], **named: Any
    ) -> None:
        super().__init__(*given, **named)
        # chosen above the list, because it says which projects the list holds
        self.fields["plaque"] = forms.ChoiceField(
            label=_("以哪块牌子报送"),
            required=False,
            choices=[("", _("不区分")), *plaques],
            widget=forms.HiddenInput,
        )
        wanted = Project.objects.filter(pk__in=[each.project.pk for each in found]).select_related("outpost__home")
        self.fields["projects"] = forms.ModelMultipleChoiceField(
            label=_("项目"), queryset=wanted, to_field_name="uid", widget=forms.MultipleHiddenInput
        )
