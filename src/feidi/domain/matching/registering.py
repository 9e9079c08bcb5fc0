"""What matching tells the kernel at start: subject kinds, audited kinds, texts."""

from django.utils.translation import gettext_lazy as _

from feidi.domain.matching import access, figure_texts, subscribers
from feidi.domain.matching.candidate_texts import CANDIDATE_TEXTS
from feidi.domain.matching.day_texts import DAY_TEXTS
from feidi.domain.matching.events import EVENTS
from feidi.domain.matching.introduction_texts import INTRODUCTION_TEXTS
from feidi.domain.matching.lab_options import register_lab_options
from feidi.domain.matching.profile_texts import PROFILE_TEXTS
from feidi.domain.matching.selectors import news
from feidi.domain.matching.services.profile_indexing import PROFILES
from feidi.domain.matching.services.reassigning import HANDLERS
from feidi.domain.matching.texts import TEXTS
from feidi.domain.parties.services.handing import register_handler
from feidi.domain.parties.services.rebuilding import register_derived
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.notify.digests import Digest, register_digest
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

PROFILE, LIST, INTRODUCTION = "matching.profile", "matching.candidate_list", "matching.introduction"
MEETING_DAY, OUTCOME, TRIAL, TABLE, FLOWS = (
    "matching.matchmaking_day",
    "matching.outcome",
    "matching.trial",
    "matching.industry_table",
    "matching.flow_table",
)
AUDITED = {
    LIST: "matching.CandidateList",
    INTRODUCTION: "matching.Introduction",
    MEETING_DAY: "matching.MatchmakingDay",
    "matching.meeting": "matching.IntroductionMeeting",
    TRIAL: "matching.Trial",
    OUTCOME: "matching.IntroductionOutcome",
    "matching.confidentiality_agreement": "matching.ConfidentialityAgreement",
    TABLE: "matching.IndustryTable",
    FLOWS: "matching.FlowTable",
}
#: Fields that name people outside the staff: the trail keeps a keyed digest only.
PERSONAL = {"matching.meeting": frozenset({"present"})}
#: Fields in which the need or offer of a person speaks of that person.
PROFILE_OF_A_PERSON = frozenset({"title", "masked_text", "full_text", "source", "closed_reason", "void_reason"})


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    for handler in HANDLERS:
        register_handler(handler)
    declare(*EVENTS)
    subscribers.register()
    register_lab_options()
    register_derived(PROFILES)
    register_digest(
        Digest(
            "matching.offers", _("需求的新供给"), _("您经办的需求有了新的供给"), news.sees_alerts, news.new_offers_part
        )
    )
    register_digest(
        Digest("matching.lists", _("候选名单"), _("发给您单位的候选名单"), news.sees_lists, news.new_lists_part)
    )
    register_texts(TEXTS)
    register_texts(PROFILE_TEXTS)
    register_texts(CANDIDATE_TEXTS)
    register_texts(INTRODUCTION_TEXTS)
    register_texts(DAY_TEXTS)
    register_texts(figure_texts.TEXTS)
    register_subject(
        SubjectKind(
            PROFILE,
            "matching.Profile",
            label=str,
            visible_to=access.profiles_visible_to,
            url_name="console:profiles:profile_view",
        )
    )
    register_subject(
        SubjectKind(
            INTRODUCTION,
            "matching.Introduction",
            label=str,
            visible_to=access.introductions_visible_to,
            url_name="console:introductions:introduction_view",
        )
    )
    register_subject(
        SubjectKind(
            TABLE,
            "matching.IndustryTable",
            label=str,
            visible_to=access.tables_visible_to,
            url_name="console:regions:table_view",
        )
    )
    register_subject(
        SubjectKind(
            FLOWS,
            "matching.FlowTable",
            label=str,
            visible_to=access.tables_visible_to,
            url_name="console:regions:flow_view",
        )
    )
    register_subject(
        SubjectKind(OUTCOME, "matching.IntroductionOutcome", label=str, visible_to=access.outcomes_visible_to)
    )
    register_subject(SubjectKind(TRIAL, "matching.Trial", label=str, visible_to=access.trials_visible_to))
    for kind, model in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset())))
    register_audited(
        AuditedKind(
            PROFILE,
            "matching.Profile",
            about_a_person=lambda profile: profile.person_id is not None,
            personal_of_such=PROFILE_OF_A_PERSON,
        )
    )
