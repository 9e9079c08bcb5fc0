"""What a roadshow leaves to be done in matching: follow an interest up, say what a sealed result means for chances."""

from __future__ import annotations

from django.utils.translation import gettext as _

from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Interest, Seal
from feidi.domain.roadshow.roadshow_kinds import SHOW
from feidi.kernel.audit import current_unit
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.services import add_todo

_PROJECT = "pipeline.project"


def follow_interest(*, interest_uid: str, project_uid: str) -> None:
    """Ask the project's owner to follow an interest up; a standing to-do is not doubled. Inside the open unit."""
    unit = current_unit()
    interest = Interest.objects.select_related("entry__round__roadshow").get(uid=interest_uid)
    project = Project.objects.select_related("owner").get(uid=project_uid)
    money = "" if interest.ticket_fen is None else f"（{format_money(interest.ticket_fen, interest.currency)}）"
    words = _("{investor} 在路演 {show} 上对本项目有投资意向{money}，请跟进").format(
        investor=interest.name, show=interest.entry.round.roadshow.number, money=money
    )
    subject = Subject(_PROJECT, project.uid)
    add_todo(actor=unit.actor, now=unit.now, subject=subject, what=words[:300], assignee=project.owner)


def weigh_chances(*, seal_uid: str) -> None:
    """Ask the show's owner to say in 遴选 what a sealed result means for the chances. Inside the open unit."""
    unit = current_unit()
    show = Seal.objects.select_related("round__roadshow__owner").get(uid=seal_uid).round.roadshow
    words = _("路演 {show} 的结果已封存：在“遴选”里写明这些项目的落地把握和依据").format(show=show.number)
    add_todo(actor=unit.actor, now=unit.now, subject=Subject(SHOW, show.uid), what=words, assignee=show.owner)
