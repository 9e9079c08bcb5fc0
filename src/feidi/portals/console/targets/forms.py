"""Forms of targets and of diligence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import DiligenceResult, TargetState
from feidi.kernel.identity.models import User
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

PRIORITIES = [(1, _("一类（先找）")), (2, _("二类")), (3, _("三类"))]
_ALL = [("", _("全部"))]


class _WithOutpost(Form):
    """Asks for the outpost where the actor has several, for a colleague where one is to be named."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    chain = forms.CharField(
        label=_("产业链"), max_length=80, required=False, widget=forms.TextInput(attrs={"list": "chains"})
    )
    node = forms.CharField(
        label=_("缺失环节"),
        max_length=80,
        help_text=_("本区产业链缺哪个环节，如 低温传感器"),
        widget=forms.TextInput(attrs={"list": "nodes"}),
    )
    priority = forms.TypedChoiceField(label=_("先后"), choices=PRIORITIES, coerce=int, initial=2)
    owner = forms.ModelChoiceField(
        label=_("谁去联系"), queryset=User.objects.none(), required=False, empty_label=_("待定")
    )

    def __init__(self, *args: Any, outposts: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        self.fields["owner"].queryset = users  # type: ignore[attr-defined]
        if outposts.count() == 1:
            self.fields["outpost"].initial = outposts.first()
            self.fields["outpost"].widget = forms.HiddenInput()


class TargetForm(_WithOutpost):
    """One firm."""

    name = forms.CharField(label=_("企业名称"), max_length=160)
    place_text = forms.CharField(label=_("所在地"), max_length=120, required=False)
    why = forms.CharField(label=_("为什么找它"), max_length=300, required=False)
    source = forms.CharField(label=_("名单来源"), max_length=160, required=False)
    field_order = ("outpost", "name", "chain", "node")


class PasteForm(_WithOutpost):
    """Many firms, one a line."""

    lines = text_area(
        _("名单"), required=True, rows=10, help_text=_("一行一家；名称后可写“，所在地，理由”。已在清单的不会重复加入")
    )
    field_order = ("outpost", "chain", "node", "lines")


class ImportForm(_WithOutpost):
    """Many firms, from a workbook."""

    file = forms.FileField(
        label=_("文件（xlsx、xls 或 csv）"), help_text=_("要有“企业名称”一列；环节、产业链、所在地、理由有就读")
    )
    field_order = ("outpost", "chain", "node", "file")


class TargetEditForm(Form):
    """What a target is about; the version travels along so that the second saver is told."""

    version = forms.IntegerField(widget=forms.HiddenInput(), required=False)
    name = forms.CharField(label=_("企业名称"), max_length=160)
    chain = forms.CharField(label=_("产业链"), max_length=80, required=False)
    node = forms.CharField(label=_("缺失环节"), max_length=80)
    priority = forms.TypedChoiceField(label=_("先后"), choices=PRIORITIES, coerce=int)
    place_text = forms.CharField(label=_("所在地"), max_length=120, required=False)
    why = forms.CharField(label=_("为什么找它"), max_length=300, required=False)
    source = forms.CharField(label=_("名单来源"), max_length=160, required=False)


class ContactedForm(Form):
    """How far it is."""

    state = forms.ChoiceField(
        label=_("情况"), choices=[each for each in TargetState.choices if each[0] != TargetState.TALKING]
    )
    contacted_on = date_field(_("接触日期"))
    result = forms.CharField(label=_("结果"), max_length=300, required=False)


class TargetFilterForm(Form):
    """What the list shows."""

    words = forms.CharField(label=_("企业、产业链或环节"), required=False)
    node = forms.ChoiceField(label=_("环节"), required=False)
    state = forms.ChoiceField(label=_("情况"), required=False, choices=[*_ALL, *TargetState.choices])
    owner = forms.ChoiceField(label=_("谁联系"), required=False)

    def __init__(self, *args: Any, nodes: list[str], users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["node"].choices = [*_ALL, *((each, each) for each in nodes)]  # type: ignore[attr-defined]
        people = [(str(each.pk), str(each)) for each in users]
        self.fields["owner"].choices = [*_ALL, ("0", _("待定")), *people]  # type: ignore[attr-defined]


class LookForm(Form):
    """What was seen at one source."""

    searched_for = forms.CharField(label=_("查询的名称"), max_length=160)
    checked_on = date_field(_("查看日期"), required=True)
    result = forms.ChoiceField(label=_("结果"), choices=DiligenceResult.choices)
    note = text_area(_("看到了什么"), rows=3, help_text=_("有异常必须写明"))
    file = forms.FileField(label=_("截图或报告"), required=False)
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )
