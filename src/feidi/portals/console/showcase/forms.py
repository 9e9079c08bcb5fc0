"""Forms of showcase. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from feidi.domain.matching.enums import NEED_KINDS, ProfileKind
from feidi.domain.showcase.enums import WRITTEN_KINDS, EditionState, InquiryKind, InquiryState, PublicationKind
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
#: One-line facts by code.
FACT_LABELS = {
    "medium": _("来源媒体"),
    "author": _("作者"),
    "link": _("原文链接"),
    "rights": _("版权说明"),
    "area": _("面积"),
    "price": _("价格"),
    "place": _("位置"),
    "contact": _("联系"),
    "spot": _("在展厅的位置"),
    "maker": _("展出单位"),
}
_MARKUP = _("空一行分段；## 小标题，- 列表，**加粗**，[文字](https://…)")


def time_field(label: Any, *, required: bool = False) -> forms.TimeField:
    """Return a field of a time of day."""
    return forms.TimeField(label=label, required=required, widget=forms.TimeInput(attrs={"type": "time"}))


class PublicationFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("标题"), required=False)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *PublicationKind.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *EditionState.choices])
    outpost = outpost_field(required=False)


class NewForm(DailyForm):
    """What is begun."""

    outpost = outpost_field()
    kind = forms.ChoiceField(label=_("种类"), choices=[(each.value, each.label) for each in WRITTEN_KINDS])
    title = forms.CharField(label=_("中文标题"), max_length=160)


class DraftForm(Form):
    """What an edition says, in Chinese and English, with the one-line facts of its kind and a picture."""

    title_zh = forms.CharField(label=_("中文标题"), max_length=160)
    title_en = forms.CharField(label=_("英文标题"), max_length=160, required=False)
    summary_zh = text_area(_("中文摘要"), rows=2)
    summary_en = text_area(_("英文摘要"), rows=2)
    body_zh = text_area(_("中文正文"), rows=10, help_text=_MARKUP)
    body_en = text_area(_("英文正文"), rows=8, help_text=_MARKUP)
    cover = forms.FileField(
        label=_("封面图片"), required=False, help_text=_("JPG、PNG、WebP；重新生成，去掉拍摄位置；空着就用原来的")
    )
    alt = forms.CharField(label=_("图片说明"), max_length=160, required=False, help_text=_("读给看不见图的人听"))
    no_cover = forms.BooleanField(label=_("不用图片"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, facts: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = tuple(facts)
        for code in self.facts:
            self.fields[f"fact_{code}"] = forms.CharField(label=FACT_LABELS[code], max_length=300, required=False)


class HoldBackForm(Form):
    """Which of the owner's released fields are not shown. More than released is never shown."""

    held_back = forms.MultipleChoiceField(
        label=_("不公开的字段"), required=False, widget=forms.CheckboxSelectMultiple(), help_text=_("名称不能保留")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, offered: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_back"].choices = list(offered)  # type: ignore[attr-defined]


class PublishForm(Form):
    """From when it is public."""

    on = date_field(_("从哪天起公开"), help_text=_("空着就是现在"))
    at = time_field(_("几点"))

    @override
    def clean(self) -> dict[str, Any]:
        """Refuse an hour without its day: nobody means now by it."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("at") and not data.get("on") and "on" not in self.errors:
            self.add_error("on", _("写了几点，没有写哪天"))
        return data


class SheetFilterForm(DailyForm):
    """Which owners' sheets."""

    words = forms.CharField(label=_("名称或单位"), required=False)
    outpost = outpost_field(required=False)


class MediaFilterForm(DailyForm):
    """Which reports."""

    words = forms.CharField(label=_("标题或媒体"), required=False)
    plaque = forms.ChoiceField(label=_("牌子"), required=False, choices=[ALL])
    outpost = outpost_field(required=False)


class MediaForm(DailyForm):
    """A report: a link and a screenshot, not a copy."""

    outpost = outpost_field()
    medium = forms.CharField(label=_("媒体"), max_length=80)
    title = forms.CharField(label=_("标题"), max_length=200)
    reported_on = date_field(_("报道日期"), required=True)
    link = forms.CharField(label=_("链接"), max_length=500, required=False)
    author = forms.CharField(label=_("记者或作者"), max_length=80, required=False)
    reprint_of = forms.CharField(label=_("转载自"), max_length=160, required=False)
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    screenshot = forms.FileField(label=_("截图"), required=False)
    note = forms.CharField(label=_("备注"), max_length=300, required=False)


class InquiryFilterForm(DailyForm):
    """Which messages."""

    words = forms.CharField(label=_("内容或单位"), required=False)
    kind = forms.ChoiceField(label=_("种类"), required=False, choices=[ALL, *InquiryKind.choices])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *InquiryState.choices])
    outpost = outpost_field(required=False)


class AnswerForm(Form):
    """What was answered, or why nothing is done."""

    answer = text_area(_("答复了什么"), required=True, help_text=_("不要写联系方式"))
    aside = forms.BooleanField(label=_("不予处理（广告、重复等）"), required=False)


class TurnNeedForm(Form):
    """A need out of a message: a draft in matching."""

    organization = forms.CharField(
        label=_("单位"), max_length=160, help_text=_("写单位全称；本驻点没有登记过的会新登记")
    )
    kind = forms.ChoiceField(label=_("种类"), choices=[(each.value, ProfileKind(each).label) for each in NEED_KINDS])
    title = forms.CharField(label=_("标题"), max_length=80)
    masked_text = text_area(_("脱敏文本"), required=True, rows=5, help_text=_("不写是谁的；先存为草稿"))


class TurnVisitForm(DailyForm):
    """A visit out of a message."""

    delegation = forms.CharField(label=_("来访单位或团名"), max_length=160)
    on = date_field(_("日期"), required=True)
    begins = time_field(_("从"), required=True)
    ends = time_field(_("到"), required=True)
    people = forms.IntegerField(label=_("人数"), required=False, min_value=1, max_value=999)
    guide = colleague_field(_("讲解"), help_text=_("选了讲解就是已确认"))


def initial_of(content: Mapping[str, Any], facts: Sequence[str]) -> dict[str, Any]:
    """Return what a draft form shows of an edition's content."""
    found: dict[str, Any] = {}
    for name in ("title", "summary", "body"):
        pair = content.get(name) or {}
        found |= {f"{name}_zh": pair.get("zh", ""), f"{name}_en": pair.get("en", "")}
    return found | {f"fact_{code}": content.get(code, "") for code in facts}
