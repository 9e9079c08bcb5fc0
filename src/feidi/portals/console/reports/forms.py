"""Forms of reports: which period, a person's texts, to whom it is sent, a plan, a robot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.reporting.enums import ReportFormat, ReportState
from feidi.domain.reporting.models import ReportPlan
from feidi.domain.reporting.report_periods import term_before, term_of
from feidi.domain.reporting.selectors.report_content import ReportKind
from feidi.kernel.notify.enums import RobotKind
from feidi.kernel.notify.models import Robot
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

#: So many periods back are offered.
_BACK: Final = 9
_BETWEEN: Final = re.compile(r"[\s,，;；、]+")


def label_of(kind: ReportKind, *, english: bool) -> str:
    """Return a kind's name in the reader's language."""
    return kind.label["en" if english else "zh"]


class FilterForm(Form):
    """Which reports are listed."""

    outpost = forms.ModelChoiceField(
        label=_("驻点"), queryset=Outpost.objects.none(), required=False, empty_label=_("全部")
    )
    kind = forms.ChoiceField(label=_("种类"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *ReportState.choices])

    def __init__(
        self, *args: Any, outposts: Sequence[Outpost], kinds: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("全部")), *kinds]  # type: ignore[attr-defined]
        if len(outposts) > 1:
            self.fields["outpost"].queryset = Outpost.objects.filter(pk__in=[each.pk for each in outposts])  # type: ignore[attr-defined]
        else:
            del self.fields["outpost"]


class ReceivedForm(FilterForm):
    """Which delivered reports are listed."""

    signed = forms.ChoiceField(
        label=_("签收"), required=False, choices=[("", _("全部")), ("no", _("待签收")), ("yes", _("已签收"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["state"]


class OutpostForm(Form):
    """A form about one outpost: asked for only where one has several."""

    outpost = forms.ModelChoiceField(label=_("驻点"), queryset=Outpost.objects.none(), empty_label=None)

    def __init__(self, *args: Any, outposts: Sequence[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outpost"].queryset = Outpost.objects.filter(pk__in=[each.pk for each in outposts])  # type: ignore[attr-defined]
        if len(outposts) == 1:
            self.fields["outpost"].widget = forms.HiddenInput()
            self.fields["outpost"].initial = outposts[0].pk

    def plaques(self, outposts: Sequence[Outpost]) -> None:
        """Offer the plaques of these outposts."""
        plates = {plate.code: plate.name for each in outposts for plate in each.plaques.all()}
        self.fields["plaque"].choices = [("", _("全部")), *plates.items()]  # type: ignore[attr-defined]


class ReportForm(OutpostForm):
    """One report of one kind: its period, whose plaque, as of which day."""

    period = forms.ChoiceField(label=_("期间"))
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    as_of = date_field(_("截至"), help_text=_("不填：期末；还没到期末，就是今天"))

    def __init__(self, *args: Any, outposts: Sequence[Outpost], kind: ReportKind, today: date, **kwargs: Any) -> None:
        super().__init__(*args, outposts=outposts, **kwargs)
        term, choices = term_of(kind.period, today), []
        for _at in range(_BACK):
            choices.append((term.code, term.words))
            term = term_before(term)
        self.fields["period"].choices = choices  # type: ignore[attr-defined]
        self.fields["period"].initial = kind.term_due(today).code
        self.plaques(outposts)
        self.fields["plaque"].initial = kind.plaque


class TextsForm(Form):
    """A person's texts, one field a section."""

    version = forms.IntegerField(widget=forms.HiddenInput())

    def __init__(self, *args: Any, texts: Sequence[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, heading, text in texts:
            rows = min(14, max(4, len(text) // 40 + text.count("\n") + 1))
            self.fields[code] = text_area(heading or code, rows=rows)
            self.fields[code].initial = text


class SendForm(Form):
    """To whom a report goes, and with which files."""

    to_home = forms.BooleanField(
        label=_("送主办方收件页"), required=False, help_text=_("主办单位登录后在“送达的报表”里阅读、下载、签收")
    )
    planned = forms.BooleanField(label=_("按计划的收件人和群"), required=False)
    addresses = text_area(_("邮箱"), rows=2, help_text=_("几个用逗号或换行隔开；保存后只显示首字母"))
    robots = forms.MultipleChoiceField(label=_("群机器人"), required=False, widget=forms.CheckboxSelectMultiple)
    forms_chosen = forms.MultipleChoiceField(
        label=_("随信附上"), required=False, widget=forms.CheckboxSelectMultiple, choices=ReportFormat.choices
    )

    def __init__(
        self, *args: Any, robots: Iterable[Robot], plan: ReportPlan | None, home: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if home:
            self.fields["to_home"].label, self.fields["to_home"].initial = home, True
        else:
            del self.fields["to_home"]
        offered = [(each.uid, f"{each.name}（{each.get_kind_display()}）") for each in robots]
        self.fields["robots"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["robots"]
        self.fields["forms_chosen"].initial = [ReportFormat.DOCX, ReportFormat.PDF]
        if plan is None:
            del self.fields["planned"]
        else:
            self.fields["planned"].initial = True
            self.fields["planned"].help_text = "、".join(plan.hints) or _("计划里没有邮箱")

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once."""
        return split_addresses(self.cleaned_data["addresses"])


class PlanForm(OutpostForm):
    """When a kind of report comes round and to whom it goes."""

    kind = forms.ChoiceField(label=_("种类"))
    plaque = forms.ChoiceField(label=_("牌子"), required=False)
    day = forms.IntegerField(
        label=_("日子"), min_value=1, max_value=28, required=False,
        help_text=_("周报写 1—7（星期几）；其余写几号，季报在季后第一个月，年报在 1 月；不填按本区缺省"),
    )  # fmt: skip
    addresses = text_area(_("邮箱"), rows=3, help_text=_("几个用逗号或换行隔开；加密保存，只显示首字母"))
    robots = forms.MultipleChoiceField(label=_("群机器人"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(
        self,
        *args: Any,
        outposts: Sequence[Outpost],
        kinds: Iterable[tuple[str, str]],
        robots: Iterable[Robot],
        plan: ReportPlan | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, outposts=outposts, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]
        self.plaques(outposts)
        offered = [(each.uid, each.name) for each in robots if each.voided_at is None]
        self.fields["robots"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["robots"]
        if plan is not None:
            for name in ("outpost", "kind", "plaque"):
                del self.fields[name]
            self.fields["addresses"].help_text = _("现有：{hints}。这里写的整份替换").format(
                hints="、".join(plan.hints) or "—"
            )

    def clean_addresses(self) -> list[str]:
        """Return the addresses, each once."""
        return split_addresses(self.cleaned_data["addresses"])


class RobotForm(OutpostForm):
    """The robot of a chat group."""

    kind = forms.ChoiceField(label=_("哪种群"), choices=RobotKind.choices)
    name = forms.CharField(label=_("群名"), max_length=80)
    address = forms.CharField(
        label=_("机器人地址"), max_length=500, help_text=_("从群机器人设置里整条复制；加密保存，以后只显示末四位")
    )
    secret = forms.CharField(
        label=_("加签密钥"), max_length=200, required=False, help_text=_("钉钉、飞书选了“加签”才有；企业微信没有")
    )


class VisitForm(OutpostForm):
    """Who comes to visit, and when; for the sheets only, kept nowhere."""

    guests = forms.CharField(label=_("来访"), max_length=60, required=False)
    on = date_field(_("日期"))


def split_addresses(text: str) -> list[str]:
    """Return the addresses of a text.

    >>> split_addresses("a@b.cn，c@d.cn a@b.cn")
    ['a@b.cn', 'c@d.cn']
    """
    return list(dict.fromkeys(each for each in _BETWEEN.split(text.strip()) if each))
