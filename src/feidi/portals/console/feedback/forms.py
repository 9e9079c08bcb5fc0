"""Forms of feedback. They read text; what is allowed is the services' question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import roles_of
from feidi.kernel.access import Actor
from feidi.kernel.feedback.enums import Channel, Ruling
from feidi.kernel.feedback.kinds import EDIT
from feidi.kernel.identity.models import User
from feidi.portals.console.daily import DailyForm, colleague_field, outpost_field
from feidi.portals.console.pipeline.forms import date_field, text_area
from feidi.portals.ui.forms import Form

ALL = ("", _("全部"))


class FeedbackForm(DailyForm):
    """A form whose ``owner`` is somebody who works on feedback: judges and talents have roles here too, and no part in it."""

    def __init__(self, *args: Any, actor: Actor, outposts: QuerySet[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, outposts=outposts, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = _workers(outposts)  # type: ignore[attr-defined]


def _workers(outposts: QuerySet[Outpost]) -> QuerySet[User]:
    held = Q(pk__in=[])
    for each in outposts.select_related("home"):
        roles = [code for code, role in roles_of(each.home.code).items() if EDIT in role["permissions"]]
        held |= Q(memberships__outpost=each, memberships__role__in=roles)
    return User.objects.filter(held, is_active=True).distinct().order_by("display_name", "id")


class PeriodForm(DailyForm):
    """From when to when, of which outpost."""

    first = date_field(_("从"))
    last = date_field(_("到"))
    outpost = outpost_field(required=False)


class AnswerFilterForm(PeriodForm):
    """Which answers are listed."""

    occasion = forms.ChoiceField(label=_("场合"), required=False)
    show = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[ALL, ("bad", _("要回访的")), ("words", _("写了话的")), ("counts", _("计入满意度的"))],
    )

    def __init__(self, *args: Any, occasions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = [ALL, *occasions.items()]  # type: ignore[attr-defined]


class AskFilterForm(DailyForm):
    """Which asks are listed."""

    occasion = forms.ChoiceField(label=_("场合"), required=False)
    show = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("open", _("还没有评价的")), ("answered", _("已评价的")), ("all", _("全部"))],
    )
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, occasions: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["occasion"].choices = [ALL, *occasions.items()]  # type: ignore[attr-defined]


class FollowUpFilterForm(FeedbackForm):
    """Which follow-ups are listed."""

    show = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[("open", _("待回访")), ("closed", _("已回访")), ("all", _("全部"))],
    )
    owner = colleague_field(_("回访人"))
    outpost = outpost_field(required=False)


class AssignForm(FeedbackForm):
    """Who asks after it."""

    owner = colleague_field(_("回访人"), required=True)


class DoneForm(Form):
    """What was done."""

    done = text_area(_("做了什么"), required=True, rows=4, help_text=_("怎样联系的、对方怎么说、改了什么"))


class ComplaintFilterForm(DailyForm):
    """Which complaints are listed."""

    words = forms.CharField(label=_("编号或标题"), required=False)
    show = forms.ChoiceField(
        label=_("范围"),
        required=False,
        choices=[
            ("open", _("待答复")),
            ("answered", _("已答复，待办结")),
            ("closed", _("已办结")),
            ("voided", _("已作废")),
            ("all", _("全部")),
        ],
    )
    topic = forms.ChoiceField(label=_("类别"), required=False)
    outpost = outpost_field(required=False)

    def __init__(self, *args: Any, topics: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [ALL, *topics.items()]  # type: ignore[attr-defined]


class ComplaintForm(FeedbackForm):
    """A complaint as it came in; name, contact and words are sealed on saving."""

    outpost = outpost_field()
    received_on = date_field(_("收到日期"), required=True)
    channel = forms.ChoiceField(label=_("怎样来的"), choices=Channel.choices)
    topic = forms.ChoiceField(label=_("类别"))
    title = forms.CharField(label=_("什么事"), max_length=120, help_text=_("一句话，不写人名"))
    words = text_area(_("原话"), required=True, rows=5, help_text=_("照原话记，加密保存"))
    name = forms.CharField(label=_("投诉人"), max_length=80, required=False, help_text=_("不愿留名就空着；加密保存"))
    contact = forms.CharField(label=_("怎样联系"), max_length=120, required=False)
    owner = colleague_field(_("由谁答复"), required=True)

    def __init__(self, *args: Any, topics: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = list(topics.items())  # type: ignore[attr-defined]


class ReplyForm(Form):
    """What it turned out to be, and what was replied."""

    ruling = forms.ChoiceField(label=_("查明"), choices=Ruling.choices)
    reply = text_area(_("答复"), required=True, rows=5, help_text=_("查到什么、怎样处理、怎样告知本人"))
    on = date_field(_("答复日期"), required=True)


class CloseForm(Form):
    """What was changed so that it does not come again."""

    lesson = forms.CharField(label=_("改了什么"), max_length=300, required=False, help_text=_("没有要改的就空着"))
    on = date_field(_("办结日期"), required=True)
