"""Forms of the policy library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.policy.enums import ChangeKind, Decision, Group, IssuerAnswer, Subject, Validity
from feidi.portals.console.pipeline.forms import date_field
from feidi.portals.ui.forms import Form

_ALL = ("", _("全部"))
NEAR_BY = "here"


class ClauseFilterForm(Form):
    """What the catalogue shows."""

    q = forms.CharField(label=_("关键词"), required=False, max_length=80)
    place = forms.ChoiceField(label=_("地方"), required=False)
    subject = forms.ChoiceField(label=_("给谁"), required=False, choices=[_ALL, *Subject.choices])
    decision = forms.ChoiceField(label=_("方式"), required=False, choices=[_ALL, *Decision.choices])
    validity = forms.ChoiceField(label=_("效力"), required=False, choices=[_ALL, *Validity.choices])
    trust = forms.ChoiceField(
        label=_("可信度"),
        required=False,
        choices=[
            _ALL,
            ("A", _("A 官网原文")),
            ("B", _("B 官方文本转载")),
            ("C", _("C 咨询或镜像")),
            ("D", _("D 征求意见稿、演示")),
        ],
    )

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [_ALL, (NEAR_BY, _("本驻点两地")), *places]  # type: ignore[attr-defined]


class StandingFilterForm(Form):
    """Which subjects of a clause are shown."""

    group = forms.ChoiceField(label=_("结果"), required=False, choices=[_ALL, *Group.choices])


class ChangeFilterForm(Form):
    """Which gains and losses are shown."""

    kind = forms.ChoiceField(label=_("变化"), required=False, choices=[_ALL, *ChangeKind.choices])
    clause = forms.CharField(label=_("条款代码"), required=False, max_length=40)


class StampForm(Form):
    """What the issuer of a clause answered."""

    answer = forms.ChoiceField(label=_("答复"), choices=IssuerAnswer.choices)
    asked = forms.CharField(
        label=_("问的是谁"), max_length=160, help_text=_("单位、科室、经办人或电话，如 区经信局产业科 李科")
    )
    asked_on = date_field(_("哪一天"), required=True)
    note = forms.CharField(
        label=_("出入在哪里"),
        max_length=500,
        required=False,
        help_text=_("与原文一致时可以不写；政策文本要改时另行起草"),
    )
