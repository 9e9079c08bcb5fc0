"""An activity of the outpost of a row: registrants, one who came, two who met. Home reads the activity, not its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from feidi.domain.parties.models import Organization
from feidi.domain.roadshow.enums import PartnerSide
from feidi.domain.roadshow.models import CheckIn
from feidi.domain.roadshow.services.activities import Item, Plan, open_activity, plan_activity, put_programme
from feidi.domain.roadshow.services.check_ins import Scan, check_in
from feidi.domain.roadshow.services.meetings import note_meeting
from feidi.domain.roadshow.services.places import Place
from feidi.domain.roadshow.services.registrations import Registrant, register
from feidi.kernel.access import ANONYMOUS
from tests.support.world import World

#: What leaves the house as a file: who took it is on record.
TAKEN: Final = frozenset({"registration_export", "badge_print", "sign_in_download"})
#: What the staff does: name, part of a row, whether it is a page, what is sent.
ACTS: Final[tuple[tuple[str, str, bool, dict[str, str] | None], ...]] = (
    ("registration_list", "activity", True, None),
    ("registration_export", "activity", True, None),
    ("attendance_view", "activity", True, None),
    ("sign_in_download", "activity", True, None),
    ("badge_print", "activity", True, None),
    ("registration_view", "registration", True, None),
    ("activity_edit", "activity", True, {}),
    ("programme_edit", "activity", True, {"lines": ""}),
    ("questions_edit", "activity", True, {"lines": "来几人｜数字"}),
    ("registration_new", "activity", True, {"name": "某", "phone": "13911112222", "consent": "on"}),
    ("registration_link", "registration", True, {"version": "1"}),
    ("registration_unmask", "registration", False, {"reason": "理由"}),
    ("registration_resend", "registration", False, {}),
    ("meeting_note", "activity", False, {"one": "X", "other": "Y"}),
    ("meeting_void", "activity_meeting", False, {"reason": "理由"}),
    ("door_view", "activity", True, {"code": "X", "nonce": "n"}),
    ("door_shell", "activity", True, None),
    ("door_worker", "activity", True, None),
    ("door_scan", "activity", False, {"code": "X", "nonce": "n"}),
    ("walk_in_new", "activity", True, {"name": "某", "phone": "13911113333", "consent": "on", "nonce": "w"}),
    ("entry_void", "check_in", False, {"reason": "理由"}),
    ("registration_cancel", "registration", False, {"reason": "理由"}),
    ("registration_erase", "registration", False, {"reason": "理由"}),
    ("activity_close", "activity", False, {}),
    ("activity_open", "activity", False, {}),
    ("activity_hold", "activity", False, {}),
    ("activity_cancel", "activity", False, {"reason": "理由"}),
)


def activity_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Plan an activity that begins in an hour, with two registrants who met; one of them came."""
    act: dict[str, Any] = {"actor": world.actor("officer"), "now": world.now}
    starts = world.now + timedelta(hours=1)
    plan = Plan(
        "salon", f"Qact{number}", starts, starts + timedelta(hours=2), Place(address=f"Qaddr{number}"),
        about_zh=f"Qtext{number}", side=PartnerSide.BOTH, capacity=9,
    )  # fmt: skip
    row = plan_activity(outpost=world.outpost, plan=plan, **act)
    put_programme(activity=row, items=[Item(starts, f"Qitem{number}")], **act)
    open_activity(activity=row, **act)
    people = [
        register(
            actor=ANONYMOUS,
            now=world.now,
            activity=row,
            registrant=Registrant(
                f"Qguest{number}{each}", phone=f"13800000{number}0{each}", organization=organization, consent=True
            ),
        )
        for each in (1, 2)
    ]
    check_in(registration=people[0], scan=Scan(f"scan{number}", door=f"Qdoor{number}"), **act)
    note = note_meeting(activity=row, one=people[0].code, other=people[1].code, note=f"Qmet{number}", **act)
    return {
        "activity": row.uid,
        "registration": people[0].uid,
        "check_in": CheckIn.objects.get(registration=people[0]).uid,
        "activity_meeting": note.uid,
    }
