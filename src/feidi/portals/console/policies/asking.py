"""What an address asks: which subject, through which outpost, on which day, with which project."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.selectors.lookup import get_organization
from feidi.domain.policy.selectors.askable import About, find_about
from feidi.domain.policy.selectors.checkups import Enquiry, enquire, enquire_about, outposts_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.policies.forms import AsOfForm
from feidi.portals.ui.requests import FeidiRequest

#: What stands in an address → the kind of subject that it means.
KINDS = {"person": "parties.person", "referral": "pipeline.first_report"}


@dataclass(frozen=True, slots=True)
class Pages:
    """The addresses of one subject's check-up. ``withdraw`` leaves the fact open: its uid is put in for ``FACT``.

    ``claim``: where a claim of its own is begun; the clause is added to the address.
    """

    checkup: str
    state: str
    keep: str
    withdraw: str
    claim: str


#: Stands for the uid of a fact.
FACT = "FACT"


@dataclass(frozen=True, slots=True)
class AskingFirm:
    """A question about an organization. ``outposts``: all that know it and that the actor works for.

    ``name`` is for the page, ``masked`` for what leaves it.
    """

    organization: Organization
    outpost: Outpost
    outposts: tuple[Outpost, ...]
    as_of: date
    project: str

    @property
    def name(self) -> str:
        """The organization's name: it is no secret."""
        return self.organization.name

    @property
    def masked(self) -> str:
        """The same."""
        return self.organization.name

    @property
    def pages(self) -> Pages:
        """Where it leads."""
        uid = self.organization.uid
        names = ("checkup", "facts_state", "checkup_keep")
        here, state, keep = (reverse(f"console:policies:{name}", args=[uid]) for name in names)
        claim = f"{reverse('console:policy_claims:claim_new')}?{urlencode({'organization': uid})}"
        return Pages(here, state, keep, reverse("console:policies:fact_withdraw", args=[uid, FACT]), claim)

    def enquiry(self, known_at: datetime) -> Enquiry:
        """Return the question as of a moment."""
        return enquire(self.organization, self.outpost, as_of=self.as_of, known_at=known_at, chosen=self.project)


@dataclass(frozen=True, slots=True)
class AskingAbout:
    """A question about a person or a referral, which belong to one outpost. ``kind`` as it stands in the address."""

    kind: str
    about: About
    as_of: date
    project: str = ""

    @property
    def outpost(self) -> Outpost:
        """The outpost that wrote it down."""
        return self.about.outpost

    @property
    def outposts(self) -> tuple[Outpost, ...]:
        """Just the one."""
        return (self.about.outpost,)

    @property
    def name(self) -> str:
        """The name, for who may see it."""
        return self.about.name

    @property
    def masked(self) -> str:
        """The name as it leaves the page."""
        return self.about.masked

    @property
    def pages(self) -> Pages:
        """Where it leads."""
        args = [self.kind, self.about.subjects[0].uid]
        names = ("subject_checkup", "subject_facts_state", "subject_checkup_keep")
        here, state, keep = (reverse(f"console:policies:{name}", args=args) for name in names)
        claim = f"{reverse('console:policy_claims:claim_new')}?{urlencode({'about': self.kind, 'uid': args[1]})}"
        return Pages(here, state, keep, reverse("console:policies:subject_fact_withdraw", args=[*args, FACT]), claim)

    def enquiry(self, known_at: datetime) -> Enquiry:
        """Return the question as of a moment."""
        return enquire_about(self.about, as_of=self.as_of, known_at=known_at)


#: One question of an address.
Asking = AskingFirm | AskingAbout


def address_of(asking: Asking, today: date, **more: Any) -> str:
    """Return the page of a question; what is as usual is left out of the address."""
    given = {
        "outpost": asking.outpost.uid if len(asking.outposts) > 1 else "",
        "project": asking.project,
        "as_of": "" if asking.as_of == today else asking.as_of.isoformat(),
        **more,
    }
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{asking.pages.checkup}?{query}" if query else asking.pages.checkup


def asking_of(request: FeidiRequest, uid: str) -> AskingFirm:
    """Return what the address asks; raises ``DoesNotExist`` for an organization that none of the actor's outposts knows.

    A day that has not come is today.
    """
    organization = get_organization(request.actor, uid)
    outposts = tuple(outposts_of(request.actor, organization))
    given = _given(request)
    named = [each for each in outposts if each.uid == given.get("outpost")]
    if not outposts:
        raise Organization.DoesNotExist
    return AskingFirm(organization, (named or outposts)[0], outposts, _day(request), given.get("project", ""))


def asking_about(request: FeidiRequest, kind: str, uid: str) -> AskingAbout:
    """Return what the address asks of a person or a referral; 404 for one that the actor may not see."""
    about = find_about(request.actor, Subject(KINDS.get(kind, ""), uid))
    if about is None:
        raise Http404
    return AskingAbout(kind, about, _day(request))


def kept_at(subject_kind: str, uid: str) -> str:
    """Return the page on which a kept check-up's subject is asked about now."""
    for word, kind in KINDS.items():
        if kind == subject_kind:
            return reverse("console:policies:subject_checkup", args=[word, uid])
    return reverse("console:policies:checkup", args=[uid])


def _given(request: FeidiRequest) -> Any:
    return request.POST if request.method == "POST" else request.GET


def _day(request: FeidiRequest) -> date:
    form = AsOfForm(_given(request))
    day = form.cleaned_data["as_of"] if form.is_valid() else None
    return min(day or request.today, request.today)
