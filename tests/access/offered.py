"""A need of the firm of a row that blocks somebody and was signed for, and an import of its outpost."""

from __future__ import annotations

from feidi.domain.matching.enums import Side
from feidi.domain.matching.services.outcome_evidence import Proof
from feidi.domain.matching.services.profile_blocks import block_organization
from feidi.domain.matching.services.profile_evidence import show_claim
from feidi.domain.matching.services.profile_import import start_profile_import
from feidi.domain.matching.services.profile_readings import record_confidentiality_agreement
from feidi.domain.parties.models import Organization
from feidi.kernel.files.services import store_upload
from feidi.kernel.subjects import Subject
from tests.support.profiles import firm, make_profile
from tests.support.world import World


def profile_of(world: World, organization: Organization, number: int) -> dict[str, str]:
    """Enter the need; returns its uid, the blocked firm's, the agreement's and the import's."""
    officer, now = world.actor("officer"), world.now
    profile = make_profile(
        world, Side.NEED, title=f"Qneed{number}", organization=organization, full_text=f"Qwhole{number}要人来看。"
    )
    rival = firm(world, f"Qblocked{number}有限公司")
    block_organization(actor=officer, now=now, profile=profile, organization=rival, reason=f"Qwhy{number}")
    signed = record_confidentiality_agreement(
        actor=officer,
        now=now,
        profile=profile,
        organization=firm(world, f"Qsigned{number}有限公司"),
        signed_on=now.date(),
    )
    table = f"类别,种类,单位,内容\n需求,技术,Qrow{number}有限公司,Qrow{number}喷嘴老堵想找人看"
    file = store_upload(
        actor=officer,
        now=now,
        subject=Subject("parties.outpost", world.outpost.uid),
        name=f"Qtablefile{number}.csv",
        chunks=[table.encode("utf-8-sig")],
    )
    batch = start_profile_import(actor=officer, now=now, outpost=world.outpost, file=file)
    proof = show_claim(actor=officer, now=now, profile=profile, proof=Proof(None, f"Qclaimed{number}", now.date()))
    return {
        "profile_proof": proof.uid,
        "profile": profile.uid,
        "blocked": rival.uid,
        "secrecy": signed.uid,
        "profile_import": batch.uid,
    }
