"""What the records already say of a firm, as first values of the form. Nothing is guessed; what is typed wins."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from feidi.domain.parties.access import organizations_visible_to
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.access import visible_to
from feidi.domain.pipeline.models import Project
from feidi.engines.costing import PROFILE, Subsidy
from feidi.engines.costing.quantities import QuantityError, parse_quantity
from feidi.engines.rules.fact_values import say_value
from feidi.engines.rules.facts import Interval
from feidi.kernel.access import Actor
from feidi.portals.console.words import say

if TYPE_CHECKING:
    from feidi.domain.policy.selectors.checkups import Answered

_HIGH_TECH = "hte_certificate_lasting"


@dataclass(frozen=True, slots=True)
class Record:
    """First values of the form with where each comes from; what the policies of each place grant (empty: not asked)."""

    values: dict[str, str] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    outpost: Outpost | None = None
    granted: Mapping[str, Sequence[Subsidy] | None] = field(default_factory=dict)


def record_of(actor: Actor, *, organization: str, project: str, as_of: date, now: datetime) -> Record:
    """Return what is known of the organization or the project named. Raises DoesNotExist for one the actor may not see."""
    if organization:
        return _of_organization(actor, organization, as_of, now)
    if project:
        return _of_project(
            visible_to(actor, Project.objects.select_related("outpost__home", "outpost__host")).get(uid=project)
        )
    return Record()


def _of_organization(actor: Actor, uid: str, as_of: date, now: datetime) -> Record:
    from feidi.domain.policy.selectors.checkups import ask, enquire, outposts_of  # noqa: PLC0415 - the rules load slowly
    from feidi.domain.policy.selectors.granted import subsidies_at  # noqa: PLC0415

    rows = organizations_visible_to(actor, Organization.objects.prefetch_related("kinds"))
    row = rows.get(uid=uid)
    values, origins = {"name": row.name}, []
    outpost = outposts_of(actor, row).first()
    if outpost is None:
        return Record(values)
    answered = ask(enquire(row, outpost, as_of=as_of, known_at=now))
    for name, value, origin in _facts(answered):
        values[name] = value
        origins.append(origin)
    granted = {place: subsidies_at(answered, place) for place in (outpost.home.code, outpost.host.code)}
    return Record(values, tuple(origins), outpost, granted)


def _facts(answered: Answered) -> Iterator[tuple[str, str, str]]:
    """Yield field, value, and where it comes from: headcount, R&D spending, whether it is a high-tech enterprise."""
    facts, dictionary = answered.known.facts, answered.question.library.dictionary
    for fact, name, unit in (("employees", "count_1", ""), ("rd_spend", "research", "/年")):
        known = facts.get(fact)
        if known is None:
            continue
        words = say_value(dictionary[fact], known.value)
        origin = _("{label}：{words}（{source}）").format(
            label=dictionary[fact].name, words=words, source=known.note or known.source
        )
        if isinstance(known.value, Interval) and known.value.is_exact and known.value.lo is not None:
            value = f"{known.value.lo // 100}.{known.value.lo % 100:02d}元{unit}" if unit else str(known.value.lo)
            yield name, value, origin
    held = facts.get(_HIGH_TECH)
    if held is not None and isinstance(held.value, bool):
        origin = _("{label}（{source}）").format(label=dictionary[_HIGH_TECH].name, source=held.note or held.source)
        yield "high_tech", "是" if held.value else "否", origin


def _of_project(row: Project) -> Record:
    """Return name, headcount, and the needs as far as they are written as quantities."""
    values, origins = {"name": row.name}, []
    if row.team_size is not None:
        values |= {"kind_1": _("团队"), "count_1": str(row.team_size)}
        origins.append(_("团队人数：{n}（项目登记）").format(n=row.team_size))
    for name, text, kind in (("office", row.office_need, "area"), ("power", row.energy_need, "energy")):
        if not text:
            continue
        origins.append(_("{label}：{words}（项目登记）").format(label=say(PROFILE[name]), words=text))
        try:
            parse_quantity(text, kind)
        except QuantityError:
            continue
        values[name] = text
    return Record(values, tuple(origins), row.outpost)
