"""What talent tells the kernel at start: subject kinds, audited kinds, events, texts."""

from typing import Any

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.talent import access, kinds
from feidi.domain.talent.events import EVENTS
from feidi.domain.talent.services.reassigning import HANDLER
from feidi.domain.talent.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Kind → model, fields of which the trail keeps a keyed digest only.
AUDITED: dict[str, tuple[str, frozenset[str]]] = {
    kinds.TALENT: (
        "talent.Talent",
        frozenset({"private_enc", "paper_hint", "work_place", "insured_place", "field"}),
    ),
    kinds.CONSENT: ("talent.Consent", frozenset()),
    kinds.DISCLOSURE: ("talent.Disclosure", frozenset({"what"})),
    kinds.REQUEST: ("talent.DataRequest", frozenset()),
    kinds.AGREEMENT: ("talent.ProcessingAgreement", frozenset()),
    kinds.RULING: ("talent.ClassRuling", frozenset({"question", "basis", "clauses"})),
    kinds.POSITION: ("talent.Position", frozenset()),
    kinds.CONTRACT: ("talent.FlexibleContract", frozenset({"note"})),
    kinds.MONTH: ("talent.PresenceMonth", frozenset()),
    kinds.BENEFIT: ("talent.BenefitAcceptance", frozenset()),
    kinds.CASE: ("talent.GreenCase", frozenset({"word", "missing"})),
    kinds.ITEM: ("talent.GreenItem", frozenset({"child_enc", "result"})),
    kinds.HAND_OFF: ("talent.HandOff", frozenset({"contact", "acceptance_number", "answer"})),
}
_LEFT_OUT = frozenset({"paper_index", "token_sha256"})


def _ruling_label(ruling: Any) -> str:
    return f"{ruling.talent} {ruling.get_state_display()}"


SUBJECTS = (
    SubjectKind(
        kinds.TALENT,
        "talent.Talent",
        label=str,
        visible_to=access.talents_visible_to,
        url_name="console:talents:talent_view",
        personal=True,
    ),
    SubjectKind(
        kinds.CASE,
        "talent.GreenCase",
        label=str,
        visible_to=access.cases_visible_to,
        url_name="console:talents:case_view",
        personal=True,
    ),
    SubjectKind(
        kinds.RULING,
        "talent.ClassRuling",
        label=_ruling_label,
        visible_to=access.rulings_visible_to,
        url_name="console:talents:ruling_view",
        personal=True,
    ),
    SubjectKind(
        kinds.POSITION,
        "talent.Position",
        label=str,
        visible_to=access.positions_visible_to,
        url_name="console:talents:position_view",
    ),
    SubjectKind(
        kinds.CONTRACT,
        "talent.FlexibleContract",
        label=str,
        visible_to=access.contracts_visible_to,
        url_name="console:talents:contract_view",
        personal=True,
    ),
    SubjectKind(kinds.MONTH, "talent.PresenceMonth", label=str, visible_to=access.months_visible_to, personal=True),
    SubjectKind(kinds.AGREEMENT, "talent.ProcessingAgreement", label=str, visible_to=access.agreements_visible_to),
)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_handler(HANDLER)
    register_texts(TEXTS)
    declare(*EVENTS)
    for subject in SUBJECTS:
        register_subject(subject)
    for kind, (model, personal) in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=personal, left_out=_LEFT_OUT))
