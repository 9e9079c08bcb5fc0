"""Forms of industry tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.matching.enums import TableLevel
from feidi.domain.matching.models import FlowTable
from feidi.domain.matching.selectors.complementarity import NO_FLOWS
from feidi.domain.parties.models import Outpost
from feidi.portals.ui.forms import Form

_ALL = [("", _("全部"))]


class _OutpostForm(Form):
    """A table of one outpost; who works for one only is not asked which."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)

    def __init__(self, *args: Any, outposts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = outposts  # type: ignore[attr-defined]
        if outposts.count() == 1:
            self.fields["outpost"].initial = outposts.first()
            self.fields["outpost"].widget = forms.HiddenInput()


class UploadForm(_OutpostForm):
    """A table with what must be said of it."""

    file = forms.FileField(
        label=_("文件（xlsx、xls 或 csv）"),
        help_text=_("第一行写产业名，第一列写地区名，其余每格一个数字；不要合计行和合计列。空格不当作零"),
    )
    title = forms.CharField(label=_("标题"), max_length=160, help_text=_("如 各区规模以上企业用工"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("哪一本年鉴、哪一张表、哪个部门给的"))
    year = forms.IntegerField(label=_("数字所属年份"))
    unit = forms.CharField(label=_("单位"), max_length=40, help_text=_("数的是什么：人、万元、家"))
    level = forms.ChoiceField(label=_("数字的口径"), choices=[("", _("请选择")), *TableLevel.choices])
    home_region = forms.CharField(label=_("表里哪一行是主办地"), max_length=40)
    host_region = forms.CharField(label=_("表里哪一行是所在地"), max_length=40)
    invented = forms.BooleanField(label=_("数字是虚构的（演示用）"), required=False)
    zeros_true = forms.BooleanField(
        label=_("全零的行列确实为零"), required=False, help_text=_("不知道的不是零：请先向数据来源问清")
    )


class FlowForm(_OutpostForm):
    """An input–output table with what must be said of it."""

    file = forms.FileField(
        label=_("文件（xlsx、xls 或 csv）"),
        help_text=_("第一行和第一列写同样的产业名：行卖给列；最后一行写“总产出”。中间投入合计、增加值等行请先删去"),
    )
    title = forms.CharField(label=_("标题"), max_length=160, help_text=_("如 全省投入产出表（42 部门）"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("哪个统计部门编的、哪一份"))
    year = forms.IntegerField(label=_("数字所属年份"))
    unit = forms.CharField(label=_("单位"), max_length=40, help_text=_("如 万元"))
    region = forms.CharField(label=_("哪个地区的产业"), max_length=40, help_text=_("如 全国、某省、某市"))
    invented = forms.BooleanField(label=_("数字是虚构的（演示用）"), required=False)


class FlowFilterForm(Form):
    """Which input–output tables."""

    words = forms.CharField(label=_("标题、来源或地区"), max_length=80, required=False)
    voided = forms.BooleanField(label=_("看已作废的"), required=False)


class TableFilterForm(Form):
    """Which tables."""

    words = forms.CharField(label=_("标题或来源"), max_length=80, required=False)
    level = forms.ChoiceField(label=_("口径"), choices=[*_ALL, *TableLevel.choices], required=False)
    year = forms.IntegerField(label=_("年份"), required=False)
    voided = forms.BooleanField(label=_("看已作废的"), required=False)


class AnswerForm(Form):
    """Which two regions of a table, and which of its points."""

    home = forms.ChoiceField(label=_("一边"), required=False)
    host = forms.ChoiceField(label=_("另一边"), required=False)
    words = forms.CharField(label=_("产业"), max_length=60, required=False)
    least = forms.FloatField(label=_("分数至少"), min_value=0, max_value=100, required=False)
    flows = forms.ChoiceField(label=_("投入产出表"), required=False)

    def __init__(self, *args: Any, regions: Sequence[str], flows: Iterable[FlowTable], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = [(each.uid, f"{each}（{each.region}）") for each in flows]
        self.fields["flows"].choices = [("", _("最新的一份")), *there, (NO_FLOWS, _("不用"))]  # type: ignore[attr-defined]
        for name in ("home", "host"):
            self.fields[name].choices = [("", _("按表里的设定")), *((each, each) for each in regions)]  # type: ignore[attr-defined]
