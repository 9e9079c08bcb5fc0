"""Forms of roadshows. They read text; what is allowed is the services' question."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Activity, Entry, Judge
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.selectors.roadshow_rules import Format
from feidi.kernel.access import Actor
from feidi.kernel.identity.models import User
from feidi.kernel.money.forms import MoneyTextField
from feidi.portals.console.daily import DailyForm, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.words import say_pair
from feidi.portals.ui.forms import Form

_MOST_LINES = 60


class ShowFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("编号或名称"), required=False)
    phase = forms.ChoiceField(label=_("走到哪一步"), required=False, choices=[("", _("全部")), *RoundPhase.choices])
    outpost = outpost_field(required=False)


class ShowForm(DailyForm):
    """What is said of a show."""

    outpost = outpost_field()
    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    title_zh = forms.CharField(label=_("名称"), max_length=120)
    title_en = forms.CharField(label=_("英文名称"), max_length=200, required=False)
    held_on = date_field(_("哪一天"), required=True)
    activity = forms.ModelChoiceField(
        label=_("在哪场活动上举办"),
        queryset=Activity.objects.none(),
        required=False,
        empty_label=_("单独举办"),
        help_text=_("场地、报名、签到在活动里办"),
    )

    def __init__(self, *args: Any, activities: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]


class RoundForm(Form):
    """A round by a format of content."""

    format_code = forms.ChoiceField(label=_("赛制"))
    name = forms.CharField(label=_("叫什么"), max_length=60, required=False, help_text=_("空着用赛制的名称"))
    advance = forms.IntegerField(
        label=_("每组前几名晋级"), min_value=1, max_value=50, required=False, help_text=_("空着按赛制")
    )

    def __init__(self, *args: Any, formats: tuple[Format, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format_code"].choices = [(each.code, say_pair(each.zh, each.en)) for each in formats]  # type: ignore[attr-defined]


class EntriesForm(Form):
    """Projects by code or whole name, a line each."""

    projects = text_area(_("项目"), required=True, rows=8, help_text=_("一行一个：项目编号，或完整名称；按出场顺序"))
    group = forms.CharField(label=_("组别"), max_length=20, required=False, help_text=_("不分组就空着"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor

    def clean_projects(self) -> list[Project]:
        """Return the projects; every line that is none is told."""
        lines = [line.strip() for line in self.cleaned_data["projects"].splitlines() if line.strip()]
        if len(lines) > _MOST_LINES:
            words = str(_("一次最多 {most} 个，写了 {n} 个。分几次加。"))
            raise forms.ValidationError(words.format(most=_MOST_LINES, n=len(lines)))
        rows = visible_in_office(self.actor, Project.objects.filter(voided_at__isnull=True))
        found: list[Project] = []
        wrong: list[str] = []
        for line in lines:
            code = line.split(maxsplit=1)[0]
            known = list(rows.filter(code__iexact=code)[:1]) or list(rows.filter(name=line)[:2])
            if len(known) == 1:
                found += known
            else:
                wrong.append(line)
        if wrong:
            words = str(_("没有找到（或有几个同名）：{lines}。请写项目编号。"))
            raise forms.ValidationError(words.format(lines="、".join(wrong)))
        return found


class JudgeForm(Form):
    """Somebody asked to judge: by account, or by name and link."""

    user = forms.ModelChoiceField(
        label=_("有账号的评委"), queryset=User.objects.none(), required=False, empty_label=_("没有账号，发链接")
    )
    name = forms.CharField(label=_("姓名"), max_length=60, required=False, help_text=_("选了账号就不用写"))
    works_as = forms.CharField(label=_("单位和职务"), max_length=120, required=False)
    organization = forms.CharField(
        label=_("任职单位（登记过的全名）"),
        max_length=160,
        required=False,
        help_text=_("据此查回避：本单位、关联单位、投资的项目"),
    )
    trades = forms.CharField(
        label=_("熟悉的行业"), max_length=160, required=False, help_text=_("用顿号分开，如 生物医药、新材料")
    )
    mail = forms.EmailField(label=_("邮箱"), required=False, help_text=_("链接发到这里；邮箱不留存"))

    def __init__(self, *args: Any, judges: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = judges  # type: ignore[attr-defined]


class PairForm(Form):
    """One judge and one entry, with the reason."""

    judge = forms.ModelChoiceField(label=_("评委"), queryset=Judge.objects.none())
    entry = forms.ModelChoiceField(label=_("项目"), queryset=Entry.objects.none())
    reason = forms.CharField(label=_("原因"), max_length=300)

    def __init__(self, *args: Any, judges: QuerySet[Judge], entries: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["judge"].queryset = judges  # type: ignore[attr-defined]
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]
        self.fields["entry"].label_from_instance = lambda entry: f"{entry.position}. {entry.project.name}"  # type: ignore[attr-defined]


class LetterForm(Form):
    """What a team is told beside its figures."""

    words = text_area(
        _("评语（核定后团队看得到）"), rows=8, help_text=_("删去评委姓名、其他项目和不宜外传的话；没有评语就空着")
    )


class InterestForm(Form):
    """An interest said on the spot."""

    entry = forms.ModelChoiceField(label=_("项目"), queryset=Entry.objects.none())
    name = forms.CharField(label=_("机构"), max_length=120)
    amount = MoneyTextField(label=_("单笔金额"), required=False, help_text=_("没说就空着，如 500万元"))
    note = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, *args: Any, entries: QuerySet[Entry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entry"].queryset = entries  # type: ignore[attr-defined]
        self.fields["entry"].label_from_instance = lambda entry: entry.project.name  # type: ignore[attr-defined]
