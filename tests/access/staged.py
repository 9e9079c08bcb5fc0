"""A roadshow of the outpost of a row: one round sealed with a letter, one in which a judge has begun to score.

Both sides read that there was a show; who judged, what was scored and sealed, by the outpost alone; the team its letter.
"""

from __future__ import annotations

from typing import Any, Final

from feidi.domain.pipeline.models import Project
from feidi.domain.roadshow.models import Assignment, Entry, Round
from feidi.domain.roadshow.roadshow_access import judge_by_link
from feidi.domain.roadshow.roadshow_enums import RoundPhase
from feidi.domain.roadshow.services.interests import Interested, show_interest
from feidi.domain.roadshow.services.letters import clear_letter
from feidi.domain.roadshow.services.recusing import point_out
from feidi.domain.roadshow.services.scoring import Saving, save_sheet
from feidi.domain.roadshow.services.sealing import seal_round
from tests.support.roadshows import all_scored, entered, judge_of, round_of, show_of, stepped
from tests.support.world import World

REASON: Final = {"reason": "理由"}
#: What is printed: by whom is on record.
PRINTED: Final = frozenset({"score_sheet_download", "summary_download"})
#: Name, part of a row, whether it is a page, what is sent: by the outpost's people.
ACTS: Final[tuple[tuple[str, str, bool, dict[str, str] | None], ...]] = (
    ("round_view", "show_round", True, None),
    ("timer_view", "show_round", True, None),
    ("board_view", "show_round", True, None),
    ("board_state", "show_round", True, None),
    ("result_view", "sealed_round", True, None),
    ("internal_view", "sealed_round", True, None),
    ("letter_list", "sealed_round", True, None),
    ("score_sheet_download", "sealed_round", True, None),
    ("summary_download", "sealed_round", True, None),
    ("letter_view", "show_entry", True, {"words": "好"}),
    ("letter_word", "show_entry", True, None),
    ("letter_print", "show_entry", False, {}),
    ("seal_view", "show_seal", True, None),
    ("seal_print", "show_seal", False, {}),
    ("seal_signed", "show_seal", True, {"signers": "某"}),
    ("sheet_view", "show_sheet", True, None),
    ("sheet_unlock", "show_sheet", False, REASON),
    ("show_edit", "show", True, {"title_zh": "改"}),
    ("round_new", "show", True, {"format_code": "x"}),
    ("judge_ask", "show", True, {"organization": "无此单位"}),
    ("judge_declare", "show_judge", True, {}),
    ("judge_link", "show_judge", False, {}),
    ("judge_remove", "show_judge", False, REASON),
    ("entry_add", "show_round", True, {"projects": "无此项目"}),
    ("entry_move", "open_entry", False, {"way": "up"}),
    ("stage_put", "show_round", False, {}),
    ("interest_add", "show_round", True, {"name": ""}),
    ("interest_void", "show_interest", False, REASON),
    ("seat_add", "show_round", True, {"reason": ""}),
    ("seat_free", "show_seat", False, REASON),
    ("recusal_add", "show_round", True, {"reason": ""}),
    ("recusal_lift", "show_recusal", False, REASON),
    ("round_deal", "show_round", False, {}),
    ("round_step", "show_round", False, {"to": "closed"}),
    ("project_feed", "show_entry", False, {"to": "inspecting"}),
    ("entry_withdraw", "open_entry", False, REASON),
    ("show_void", "show", False, REASON),
)


def staged_of(world: World, project: Project, number: int) -> dict[str, str]:
    """Hold a show to which the project came twice: the first round is sealed, the second goes on."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    show = show_of(world, outpost=world.outpost, title=f"Qshow{number}")
    judges = [judge_of(world, show, f"Qjudge{number}{letter}") for letter in "abcd"]
    first = round_of(world, show, name=f"Qround{number}")
    (entry,) = entered(world, first, [project])
    first = stepped(world, first, RoundPhase.SCORING)
    all_scored(world, first, {project.name: 80})
    first = stepped(world, first, RoundPhase.CLOSED)
    seal = seal_round(actor=world.actor("lead"), now=world.now, round_=first)
    sealed_entry = Entry.objects.select_related("project", "round__roadshow__outpost__home").get(pk=entry.pk)
    clear_letter(entry=sealed_entry, words=f"Qletter{number}", **act)
    interest = show_interest(entry=sealed_entry, said_by=Interested(f"Qfunder{number}"), **act)
    second = round_of(world, show, name=f"Qsecond{number}")
    (open_entry,) = entered(world, second, [project])
    recusal = point_out(judge=judges[3], entry=open_entry, reason=f"Qtie{number}", **act)
    second = stepped(world, second, RoundPhase.SCORING)
    seats = Assignment.objects.filter(entry=open_entry, voided_at__isnull=True)
    seat = seats.select_related("judge__roadshow__outpost", "entry__project", "entry__round").order_by("id")[0]
    saving = Saving({"innovation": "30"}, "n", 0, f"Qsaid{number}")
    sheet = save_sheet(
        actor=judge_by_link(seat.judge), now=world.now, judge=seat.judge, entry=seat.entry, saving=saving
    )
    return {
        "show": show.uid,
        "show_judge": judges[0].uid,
        "sealed_round": first.uid,
        "show_round": Round.objects.get(pk=second.pk).uid,
        "show_entry": entry.uid,
        "open_entry": open_entry.uid,
        "show_seal": seal.uid,
        "show_sheet": sheet.uid,
        "show_seat": seats.order_by("-id")[0].uid,
        "show_recusal": recusal.uid,
        "show_interest": interest.uid,
    }
