"""What of needs and offers is proven, what waits to be decided, what is asked about, a draft from a project. All invented."""

from __future__ import annotations

from datetime import datetime, time
from typing import Final

from feidi.domain.matching.enums import Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.services.outcome_evidence import Proof
from feidi.domain.matching.services.profile_confirming import ask_whether_valid, confirm_profile
from feidi.domain.matching.services.profile_evidence import decide_claim, show_claim
from feidi.domain.matching.services.project_drafts import draft_from_project
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import schedule_actor
from feidi.portals.cli.demonstration.agenda import Scene

#: Offer (by the start of its title), what shows that its text is true, whether somebody has decided on it.
PROOFS: Final = (
    ("窑炉烧成带温度场在线重建", "现场测试记录：十二个测点连续一个班（演示，无附件）", True),
    ("瓷砖缺陷检测整机", "第三方检验报告编号 演示-2026-017（演示，无附件）", False),
)


def load(scene: Scene) -> None:
    """Hand the evidence in and decide on one piece, ask about what nobody has confirmed, begin a draft."""
    now = datetime.combine(scene.last_day, time(16, 45), SHANGHAI)
    for title, record, decided in PROOFS:
        offer = Profile.objects.select_related("outpost").get(
            outpost=scene.outpost, side=Side.OFFER, title__startswith=title
        )
        officer, manager = scene.actors["officer"], scene.actors["manager"]
        offer = confirm_profile(actor=officer, now=now, profile=offer)
        item = show_claim(actor=officer, now=now, profile=offer, proof=Proof(None, record, now.date()))
        if decided:
            decide_claim(actor=manager, now=now, profile=offer, item=item, accept=True)
    ask_whether_valid(actor=schedule_actor("matching.daily_questions"), now=now, outpost=scene.outpost)
    telling = Project.objects.filter(outpost=scene.outpost, condition="", voided_at__isnull=True)
    project = telling.exclude(one_line="").select_related("outpost__home", "owner").order_by("-pk").first()
    if project is not None:
        draft_from_project(actor=scene.actors["officer"], now=now, project=project, side=Side.OFFER)
