"""The form of a lead: two fields are enough; what a pasted message proposes is marked until somebody has looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import ProjectKind
from feidi.engines.pasting import LONGEST
from feidi.portals.console.daily import plaques_of
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

#: Fields of the service's ``Lead`` and of its ``Said``; the rest belongs to the page.
LEAD_FIELDS = (
    "name",
    "sponsor",
    "kind",
    "uscc",
    "one_line",
    "source_channel",
    "industry",
    "contact_name",
    "contact_phone",
    "referrer",
    "occurred_on",
    "not_a_duplicate",
    "plaques",
)
SAID_FIELDS = ("needs", "round", "wechat", "next_step", "next_on", "remarks")
#: Folded away while they are empty.
MORE_FIELDS = (
    "uscc",
    "industry",
    "referrer",
    "plaques",
    "wechat",
    "round",
    "next_step",
    "next_on",
    "occurred_on",
    "remarks",
)


class PasteForm(Form):
    """The paste box."""

    text = text_area(
        _("微信文字"), required=True, rows=6, help_text=_("聊天、名片或公众号里的一段话，长按复制后粘贴到这里")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"autofocus": True, "maxlength": LONGEST}


class LeadForm(Form):
    """A lead, in under a minute: name and sponsor are enough, the rest is listed as 还差."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    name = forms.CharField(label=_("项目名称"), max_length=160, widget=forms.TextInput(attrs={"autofocus": True}))
    sponsor = forms.CharField(
        label=_("投资方/团队"), max_length=160, help_text=_("有单位写全称；没有注册的团队写团队名称")
    )
    contact_name = forms.CharField(label=_("联系人"), max_length=60, required=False)
    contact_phone = forms.CharField(
        label=_("联系电话"), max_length=30, required=False, help_text=_("加密保存，页面只显示前三后四位")
    )
    one_line = forms.CharField(label=_("一句话内容"), max_length=300, required=False)
    needs = forms.CharField(label=_("需求"), max_length=300, required=False)
    source_channel = forms.CharField(
        label=_("线索来源"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"list": "sources"}),
        help_text=_("写明来源即登记首报，时间由系统记录"),
    )
    kind = forms.ChoiceField(label=_("类别"), choices=ProjectKind.choices)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=20, required=False)
    industry = forms.CharField(label=_("产业领域"), max_length=120, required=False)
    referrer = forms.CharField(label=_("引荐人"), max_length=120, required=False)
    plaques = forms.MultipleChoiceField(
        label=_("归到哪块牌子"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("可以同时归几块牌子，以后也能改"),
    )
    wechat = forms.CharField(label=_("微信号"), max_length=60, required=False, help_text=_("加密保存"))
    round = forms.CharField(label=_("融资轮次"), max_length=60, required=False)
    next_step = forms.CharField(label=_("下一步"), max_length=300, required=False)
    next_on = date_field(_("约定日期"), help_text=_("与“下一步”一起填写，即建一条待办"))
    occurred_on = date_field(_("获得日期"), help_text=_("空着就是今天"))
    remarks = text_area(_("备注"), rows=2)
    not_a_duplicate = forms.BooleanField(label=_("已对照，不是同一项目"), required=False)
    pasted = forms.CharField(required=False, max_length=LONGEST, widget=forms.HiddenInput(), strip=False)

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        self.fields["plaques"].choices = plaques_of(outposts)  # type: ignore[attr-defined]
        if outposts.count() == 1:
            self.fields["outpost"].initial = outposts.first()
            self.fields["outpost"].widget = forms.HiddenInput()

    def mark(self, hints: Mapping[str, Any]) -> None:
        """Put what is to be confirmed beside the fields that a message has proposed."""
        for name, hint in hints.items():
            self.fields[name].help_text = hint

    @property
    def main(self) -> list[forms.BoundField]:
        """The fields that stand open."""
        return [field for field in self.visible_fields() if field.name not in MORE_FIELDS or field.value()]

    @property
    def more(self) -> list[forms.BoundField]:
        """The fields folded away because nothing is in them."""
        return [field for field in self.visible_fields() if field.name in MORE_FIELDS and not field.value()]
