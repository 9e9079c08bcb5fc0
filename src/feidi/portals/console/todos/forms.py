"""Forms of to-dos."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from feidi.portals.console.daily import DailyForm, ProjectField, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field

WHOSE = [("", _("我的")), ("stand_in", _("我替班的")), ("all", _("我能看到的全部"))]
SHOW = [("", _("未完成")), ("overdue", _("已过期限")), ("done", _("已完成"))]


class TodoFilterForm(DailyForm):
    """What the list shows; lives in the address."""

    words = forms.CharField(label=_("内容"), required=False)
    whose = forms.ChoiceField(label=_("谁的待办"), required=False, choices=WHOSE)
    assignee = colleague_field(_("办理人"), empty_label=_("全部"))
    show = forms.ChoiceField(label=_("另看"), required=False, choices=SHOW)


class TodoForm(DailyForm):
    """One thing to do: what, by whom, by when, about which project."""

    outpost = outpost_field()
    what = forms.CharField(label=_("要做什么"), max_length=300, widget=forms.TextInput(attrs={"autofocus": True}))
    assignee = colleague_field(_("办理人"), required=True, empty_label=None)
    due_on = date_field(_("期限"))
    project = ProjectField(help_text=_("项目编号或全称；空着就是驻点自己的事"))


class TodoChangeForm(DailyForm):
    """The same thing, said otherwise; what it is about stays. The version travels along so that the second saver is told."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput())
    what = forms.CharField(label=_("要做什么"), max_length=300)
    assignee = colleague_field(_("办理人"), required=True, empty_label=None)
    due_on = date_field(_("期限"))
