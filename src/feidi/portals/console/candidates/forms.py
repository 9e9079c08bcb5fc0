"""Forms of candidate lists, answers and weights."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import DeclineReason, ListState, ProfileKind, Side, Verdict
from feidi.domain.matching.selectors.candidate_words import PART_WORDS
from feidi.domain.matching.services.weights import MOST
from feidi.engines.affinity import PARTS
from feidi.portals.console.daily import DailyForm, colleague_field
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
PAPER, WORKSPACE = "paper", "workspace"


class ListFilterForm(DailyForm):
    """What the page of lists shows; lives in the address."""

    words = forms.CharField(label=_("编号或标题"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *ListState.choices])
    side = forms.ChoiceField(label=_("谁在找"), required=False, choices=[ALL, *Side.choices])
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *ProfileKind.choices])
    officer = colleague_field(_("服务专员"))
    waiting = forms.BooleanField(label=_("等答复"), required=False)


class PrecisionFilterForm(Form):
    """Of which answers the figures are; lives in the address."""

    since = date_field(_("答复日期从"))
    until = date_field(_("到"))
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *ProfileKind.choices])


class AnswerFilterForm(PrecisionFilterForm):
    """Which answers are looked at; lives in the address."""

    verdict = forms.ChoiceField(label=_("答复"), required=False, choices=[ALL, *Verdict.choices[1:]])
    reason = forms.ChoiceField(label=_("原因"), required=False, choices=[ALL, *DeclineReason.choices])
    first_only = forms.BooleanField(label=_("只看前十名"), required=False)


class SendForm(Form):
    """To whom, and how it gets there."""

    version = forms.IntegerField(widget=forms.HiddenInput())
    to = forms.CharField(label=_("发给谁"), max_length=160, help_text=_("单位里的哪一位，如 陈总工"))
    how = forms.ChoiceField(
        label=_("怎么发"),
        choices=[
            (PAPER, _("微信图片、文字或纸面（由您发）")),
            (WORKSPACE, _("企业在自己的工作区里看")),
        ],
        widget=forms.RadioSelect(),
        initial=PAPER,
        help_text=_("对方单位会在“谁看过”里看到发给了谁"),
    )


class AnswerForm(Form):
    """What the side that asked says of one candidate."""

    verdict = forms.ChoiceField(label=_("答复"), choices=[("", _("请选择")), *Verdict.choices[1:]])
    reason = forms.ChoiceField(
        label=_("不合适的原因"), required=False, choices=[("", _("（不合适时选）")), *DeclineReason.choices]
    )
    note = forms.CharField(label=_("原话或说明"), max_length=300, required=False)


class WeightsForm(Form):
    """Which parts count, and how much."""

    note = forms.CharField(label=_("为什么这样改"), max_length=200, required=False)

    def __init__(self, *args: Any, weights: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in PARTS:
            self.fields[part] = forms.IntegerField(
                label=str(PART_WORDS[part]), min_value=0, max_value=MOST, initial=weights.get(part, 0)
            )
        self.order_fields([*PARTS, "note"])

    def weights(self) -> dict[str, int]:
        """Return the weights of a form that is valid."""
        return {part: self.cleaned_data[part] for part in PARTS}
