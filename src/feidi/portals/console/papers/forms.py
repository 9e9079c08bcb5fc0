"""Forms of papers: for which outpost, plaque, day and period; a person's words; a blank form; a binding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.models import BoundForm
from feidi.domain.reporting.selectors.paper_content import PaperForm
from feidi.domain.reporting.selectors.paper_sources import ALL, COLUMNS, LISTS, SOURCES, list_label
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

SPANS = [("week", _("本周")), ("month", _("本月")), ("quarter", _("本季度")), ("year", _("本年"))]
LABELS: Mapping[str, Any] = {
    "subject": _("事由"),
    "addressee": _("主送"),
    "body": _("正文"),
    "highlights": _("工作亮点"),
    "problems": _("存在问题"),
    "coordination": _("需协调事项"),
    "next_steps": _("下一步计划"),
}
_ONE_LINE = ("subject", "addressee")


class ScopeForm(Form):
    """For whom, as of which day, over which period; lives in the address."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), required=False, empty_label=None)
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    as_of = date_field(_("截至"))
    span = forms.ChoiceField(label=_("期间"), choices=SPANS, required=False)

    def __init__(self, *args: Any, outposts: Sequence[Outpost], outpost: Outpost, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plates = [(each.code, each.name) for each in outpost.plaques.all()]
        self.fields["plaque"].choices = [("", _("全部")), *plates]  # type: ignore[attr-defined]
        if len(outposts) > 1:
            self.fields["outpost"].queryset = Outpost.objects.filter(pk__in=[each.pk for each in outposts])  # type: ignore[attr-defined]
        else:
            del self.fields["outpost"]


class WordsForm(Form):
    """A person's words, before issuing: only those that the kind has."""

    def __init__(self, *args: Any, fields: Iterable[str], required: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in fields:
            need = name in required
            if name in _ONE_LINE:
                self.fields[name] = forms.CharField(label=LABELS[name], max_length=120, required=need)
            else:
                self.fields[name] = text_area(LABELS[name], required=need, rows=8 if name == "body" else 3)
                self.fields[name].max_length = 4000  # type: ignore[attr-defined]


class PressForm(WordsForm):
    """What the Friday button makes."""

    forms_chosen = forms.MultipleChoiceField(label=_("填这些表"), required=False, widget=forms.CheckboxSelectMultiple)
    kinds = forms.MultipleChoiceField(label=_("出这些文稿"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self, *args: Any, bound: Sequence[BoundForm], kinds: Sequence[PaperForm], english: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["forms_chosen"].choices = [(each.uid, each.name) for each in bound]  # type: ignore[attr-defined]
        tongue = "en" if english else "zh"
        self.fields["kinds"].choices = [(each.code, each.label[tongue]) for each in kinds]  # type: ignore[attr-defined]
        if not bound:
            del self.fields["forms_chosen"]


class ProjectForm(Form):
    """The project that an inspection report is about."""

    project = forms.ModelChoiceField(
        label=_("考察的项目"),
        queryset=Project.objects.none(),
        required=False,
        empty_label=_("选择项目"),
        to_field_name="uid",
    )

    def __init__(self, *args: Any, projects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]


class BlankFormForm(Form):
    """A superior's blank form."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)
    name = forms.CharField(label=_("表格名称"), max_length=120)
    superior = forms.CharField(label=_("发表单位"), max_length=120, required=False)
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    file = forms.FileField(label=_("空表（.xlsx 或 .docx）"))

    def __init__(self, *args: Any, outposts: Sequence[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        queryset = Outpost.objects.filter(pk__in=[each.pk for each in outposts])
        self.fields["outpost"].queryset = queryset  # type: ignore[attr-defined]
        plates = {plate.code: plate.name for each in outposts for plate in each.plaques.all()}
        self.fields["plaque"].choices = [("", _("全部")), *plates.items()]  # type: ignore[attr-defined]
        if len(outposts) == 1:
            self.fields["outpost"].widget = forms.HiddenInput()
            self.fields["outpost"].initial = outposts[0].pk


class FileForm(Form):
    """One file: a new layout, or an edited paper."""

    file = forms.FileField(label=_("文件"))

    def __init__(self, *args: Any, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label = label


class BindForm(Form):
    """One place and what fills it."""

    place = forms.CharField(
        label=_("位置"), max_length=120, help_text=_("点上面的格子，或直接输入，如 汇总表!B7、表1!C2、书签名")
    )
    source = forms.ChoiceField(label=_("填什么"))
    insert_rows = forms.BooleanField(label=_("名单放不下时自动插行"), required=False)
    overwrite = forms.BooleanField(label=_("允许覆盖原有文字"), required=False)
    as_text = forms.BooleanField(label=_("连单位一起填（11个）"), required=False)
    factor = forms.DecimalField(
        label=_("换算倍数"), required=False, max_digits=18, decimal_places=8, help_text=_("万元填到亿元的表，写 0.0001")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = source_choices()  # type: ignore[attr-defined]


def source_choices() -> list[tuple[str, Any]]:
    """Return everything that may be bound, by group."""
    ordered = sorted(SOURCES.values(), key=lambda each: each.group)
    groups: dict[str, list[tuple[str, str]]] = {
        group: [(each.id, each.label) for each in some] for group, some in groupby(ordered, key=lambda each: each.group)
    }
    order = [
        "本周",
        "本月",
        "本季度",
        "本年累计",
        "历年累计（截至）",
        "本期（随出稿期间）",
        "截至当日",
        "年度任务",
        "比率",
        "日期和文字",
    ]
    found: list[tuple[str, Any]] = [("", _("请选择"))]
    found += [(group, groups[group]) for group in order if group in groups]
    for name in (*LISTS, *(f"{name}{ALL}" for name in LISTS)):
        columns = [(f"{name}.{column}", f"{list_label(name)}：{words}") for column, words in COLUMNS.items()]
        found.append((f"名单列：{list_label(name)}", columns))
    return found
