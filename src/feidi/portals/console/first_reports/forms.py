"""Forms of first reports. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import FirstReportState
from feidi.portals.console.pipeline.forms import text_area
from feidi.portals.ui.forms import Form


class ReportFilterForm(Form):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("项目或投资方"), required=False)
    state = forms.ChoiceField(label=_("首报状态"), required=False, choices=[("", _("全部")), *FirstReportState.choices])
    show = forms.ChoiceField(
        label=_("另看"),
        required=False,
        choices=[("", _("全部")), ("expiring", _("即将失效")), ("mine", _("我负责的"))],
    )
    outpost = forms.ModelChoiceField(
        label=_("驻点"), required=False, queryset=Outpost.objects.none(), empty_label=_("全部")
    )

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]


class ClaimForm(Form):
    """A claim entered by hand: who reported, who referred, how, what proves it."""

    unit = forms.CharField(label=_("首报单位"), max_length=120, required=False, help_text=_("空着就是本驻点"))
    referrer = forms.CharField(label=_("引荐人"), max_length=120, required=False)
    how = text_area(_("经过"), rows=3, help_text=_("何时、何地、怎样得知；时间由系统记录，不能改"))
    evidence = forms.FileField(label=_("凭据（可选）"), required=False, help_text=_("微信截图、来函、登记表"))


class RaiseForm(Form):
    """A dispute: against which claim, on what grounds."""

    against = forms.ChoiceField(label=_("对方"), widget=forms.RadioSelect)
    grounds = text_area(_("理由"), required=True, rows=3, help_text=_("何时、与谁接触过，有何凭据"))

    def __init__(self, *args: Any, others: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["against"].choices = others  # type: ignore[attr-defined]
        if len(others) == 1:
            self.fields["against"].initial = others[0][0]


class RuleForm(Form):
    """A ruling: for which side, by which rule, with which reasons."""

    winner = forms.ChoiceField(label=_("首谈权归"), widget=forms.RadioSelect)
    rule = forms.ChoiceField(label=_("依据规则"), widget=forms.RadioSelect)
    ruling = text_area(_("裁定意见"), required=True, rows=4)
    document = forms.FileField(label=_("裁定文件（可选）"), required=False)

    def __init__(self, *args: Any, sides: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["winner"].choices = sides  # type: ignore[attr-defined]
        self.fields["rule"].choices = rules  # type: ignore[attr-defined]


class TransferForm(Form):
    """To which sister outpost, and why."""

    to = forms.ModelChoiceField(label=_("流转给"), queryset=Outpost.objects.none(), empty_label=None)
    reason = text_area(_("原因"), required=True, rows=3)

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = outposts  # type: ignore[attr-defined]


class LedgerForm(Form):
    """One piece of evidence for all ticked projects."""

    evidence = forms.FileField(label=_("凭据"), required=False)
    note = forms.CharField(label=_("说明"), max_length=120, required=False)
