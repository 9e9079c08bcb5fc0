"""Forms of playbooks and runs. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.playbook.enums import OwnerSide, RunState
from feidi.domain.playbook.selectors.playbooks import Published
from feidi.engines.playbooks import Answer, Playbook
from feidi.kernel.identity.models import User
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.console.words import say
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))
_YES, _NO = "yes", "no"


class RunFilterForm(DailyForm):
    """What the list of runs shows; lives in the address."""

    words = forms.CharField(label=_("编号、手册或单位"), required=False)
    show = forms.ChoiceField(
        label=_("范围"), required=False, choices=[*((e.value, e.label) for e in RunState), ("all", _("全部"))]
    )
    playbook = forms.ChoiceField(label=_("服务手册"), required=False)
    side = forms.ChoiceField(label=_("轮到谁"), required=False, choices=[ALL, *OwnerSide.choices])
    late = forms.BooleanField(label=_("只看过了时限的"), required=False)
    officer = colleague_field(_("服务专员"))
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, books: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["playbook"].choices = [ALL, *books]  # type: ignore[attr-defined]


class QuestionForm(Form):
    """The questions of a playbook; what nobody knows yet stays open."""

    def __init__(self, *args: Any, book: Playbook, answers: Mapping[str, Answer] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._book = book
        for each in book.questions:
            options = [(code, say(label)) for code, label in each.options.items()] or [
                (_YES, str(_("是"))),
                (_NO, str(_("否"))),
            ]
            self.fields[f"q_{each.code}"] = forms.ChoiceField(
                label=say(each.label),
                required=False,
                choices=[("", _("还不知道")), *options],
                initial=_written((answers or {}).get(each.code)),
            )

    def answers(self) -> dict[str, Answer | None]:
        """Return question → answer, None where nobody knows yet."""
        return {
            each.code: _read(self.cleaned_data.get(f"q_{each.code}", ""), choice=bool(each.options))
            for each in self._book.questions
        }


class AnswerForm(QuestionForm):
    """What was found out, and why an earlier answer is corrected."""

    reason = forms.CharField(label=_("更正的原因"), max_length=300, required=False, help_text=_("改动以前的答案时必填"))


class StartForm(QuestionForm):
    """Since when, led by whom."""

    started_on = date_field(_("开办日期"), required=True)
    officer = colleague_field(_("服务专员"), required=True)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = people  # type: ignore[attr-defined]


class HandOverForm(Form):
    """交件."""

    on = date_field(_("交件日期"), required=True)
    to = forms.CharField(label=_("交给谁"), max_length=120, help_text=_("部门、单位或联系人"))
    receipt = forms.CharField(label=_("受理号、回执"), max_length=80, required=False, help_text=_("还没拿到的以后再补"))


class DoneForm(Form):
    """How a step ended."""

    on = date_field(_("办结或答复日期"), required=True)
    answer = text_area(_("结果或答复"), rows=3)
    receipt = forms.CharField(label=_("受理号、回执"), max_length=80, required=False)


class DueForm(Form):
    """Another day, and why."""

    due_on = date_field(_("新的时限"), required=True)
    reason = text_area(_("为什么改"), rows=2)


class PieceForm(Form):
    """One piece of evidence."""

    file = forms.FileField(label=_("文件"), required=False)
    record = forms.CharField(
        label=_("没有文件时，写明是什么"), max_length=500, required=False, help_text=_("如：协议编号、原件在谁手里")
    )
    occurred_on = date_field(_("材料上的日期"))
    mark_reason = forms.CharField(
        label=_("带内部标记的文件为何可以上传"), max_length=300, required=False, help_text=_("一般留空")
    )


class CopyForm(Form):
    """Under which name and of which place a playbook is copied."""

    place = forms.ChoiceField(label=_("写到哪个地方"))
    name = forms.RegexField(
        label=_("文件名"),
        regex=r"^[a-z][a-z0-9_]{1,50}$",
        max_length=51,
        help_text=_("与上级同名：替代上级那份；换一个名字：另成一份。只用小写字母、数字和下划线。"),
    )

    def __init__(self, *args: Any, places: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = places  # type: ignore[attr-defined]


def book_choices(books: Sequence[Published]) -> list[tuple[str, str]]:
    """Return (code, title), each code once."""
    return list({each.code: say(each.title) for each in books}.items())


def _written(value: Answer | None) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    return value or ""


def _read(text: str, *, choice: bool) -> Answer | None:
    if not text:
        return None
    return text if choice else text == _YES
