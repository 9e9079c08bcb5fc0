"""What parties tells the kernel at start: grants, subject kinds, audited kinds, texts."""

from django.db.models import QuerySet

from feidi.domain.parties import access
from feidi.domain.parties.duplicate_texts import DUPLICATE_TEXTS
from feidi.domain.parties.events import EVENTS
from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.duplicates import organizations_alike, register_source
from feidi.domain.parties.selectors.place_scopes import scopes_of_places
from feidi.domain.parties.selectors.standing import standing_of
from feidi.domain.parties.selectors.titles import titles_visible_to
from feidi.domain.parties.services import feedback_handing
from feidi.domain.parties.services.handing import register_handler
from feidi.domain.parties.services.rebuilding import ORGANIZATIONS, register_derived
from feidi.domain.parties.texts import TEXTS
from feidi.domain.parties.title_texts import TITLE_TEXTS
from feidi.kernel.access import Actor, ScopeKind, set_grant_source
from feidi.kernel.audit import AuditedKind, register_audited, speaks_of_a_person
from feidi.kernel.content.scopes import set_place_scopes
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

ORGANIZATION = "parties.organization"
PERSON = "parties.person"
CONTACT_POINT = "parties.contact_point"
MEMBERSHIP = "parties.membership"
OUTPOST = "parties.outpost"
FACT = "parties.fact"
TITLE = "parties.title"
#: What a fact says; which fact it is, whose, from what kind of source, written when by whom stays readable.
FACT_OF_A_PERSON = frozenset(
    {"text", "number", "numerator", "denominator", "on", "lo", "hi", "holds_from", "holds_to"}
    | {"source_note", "confirmed_by"}
)


def _staff_of(actor: Actor, queryset: QuerySet[Outpost]) -> QuerySet[Outpost]:
    """What hangs on an outpost (an uploaded ledger names projects not yet reported) is for its staff, not its home."""
    return queryset.filter(pk__in=actor.scopes("party.view", ScopeKind.OUTPOST))


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    set_grant_source(standing_of)
    set_place_scopes(scopes_of_places)
    register_texts(TEXTS)
    register_texts(DUPLICATE_TEXTS)
    register_texts(TITLE_TEXTS)
    declare(*EVENTS)
    register_source(ORGANIZATION, organizations_alike)
    register_derived(ORGANIZATIONS)
    for handler in feedback_handing.HANDLERS:
        register_handler(handler)
    register_subject(
        SubjectKind(
            ORGANIZATION,
            "parties.Organization",
            label=str,
            visible_to=access.organizations_visible_to,
            url_name="console:parties:organization_view",
        )
    )
    register_subject(
        SubjectKind(PERSON, "parties.Person", label=str, visible_to=access.persons_visible_to, personal=True)
    )
    register_subject(
        SubjectKind(
            TITLE,
            "parties.OrganizationTitle",
            label=str,
            visible_to=titles_visible_to,
            url_name="console:who:title_view",
        )
    )
    register_subject(SubjectKind(OUTPOST, "parties.Outpost", label=str, visible_to=_staff_of))
    register_audited(AuditedKind(ORGANIZATION, "parties.Organization"))
    register_audited(AuditedKind(PERSON, "parties.Person", personal=frozenset({"name", "name_folded", "title"})))
    register_audited(
        AuditedKind(
            CONTACT_POINT,
            "parties.ContactPoint",
            personal=frozenset({"value_enc", "value_hint"}),
            left_out=frozenset({"blind_index"}),
        )
    )
    register_audited(AuditedKind(MEMBERSHIP, "parties.Membership"))
    register_audited(AuditedKind(OUTPOST, "parties.Outpost"))
    register_audited(AuditedKind("parties.pair", "parties.OrganizationPair"))
    register_audited(AuditedKind("parties.merge", "parties.OrganizationMerge"))
    register_audited(AuditedKind(TITLE, "parties.OrganizationTitle"))
    register_audited(AuditedKind("parties.stand_in", "parties.StandIn"))
    register_audited(
        AuditedKind(FACT, "parties.Fact", about_a_person=speaks_of_a_person, personal_of_such=FACT_OF_A_PERSON)
    )
    register_audited(
        AuditedKind("identity.user", "identity.User", left_out=frozenset({"password", "last_login"})),
    )
