"""Where somebody can work who needs more than the centre has: content names laboratories, apps above may add theirs.

``register`` takes a provider (an app above calls it in its ``AppConfig.ready``): outpost, needs and day → laboratories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from feidi.domain.incubation.selectors.admission_fit import Need, Truth, wanted_of
from feidi.domain.incubation.selectors.premises import Lab, published_labs
from feidi.domain.parties.models import Outpost

Provider = Callable[[Outpost, tuple[Need, ...], date], Iterable[Lab]]
_PROVIDERS: list[Provider] = []


@dataclass(frozen=True, slots=True)
class LabOption:
    """A laboratory with what of the needs it meets (yes), lacks (no) and has not said (unknown)."""

    lab: Lab
    meets: tuple[Need, ...]
    lacks: tuple[Need, ...]
    unknown: tuple[Need, ...]


def register(provider: Provider) -> None:
    """Add a source of laboratories; the same one twice is harmless."""
    if provider not in _PROVIDERS:
        _PROVIDERS.append(provider)


def lab_options(outpost: Outpost, needs: tuple[Need, ...], today: date) -> list[LabOption]:
    """Return the laboratories that lack nothing of what is needed, those that meet most first.

    Content's come before what an app above knows, in the order they are written.
    """
    labs = [*published_labs(outpost), *(lab for each in _PROVIDERS for lab in each(outpost, needs, today))]
    options = [_option(lab, needs) for lab in labs]
    fitting = [each for each in options if not each.lacks]
    return sorted(fitting, key=lambda each: -len(each.meets))


def _option(lab: Lab, needs: tuple[Need, ...]) -> LabOption:
    judged = [(each, wanted_of(each, lab.facilities)) for each in needs]
    by = {truth: tuple(need for need, found in judged if found is truth) for truth in Truth}
    return LabOption(lab, by[Truth.YES], by[Truth.NO], by[Truth.UNKNOWN])
