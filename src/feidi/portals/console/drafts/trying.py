"""A trial of a draft as the page shows it: what each clause says of each firm now, and what it would say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feidi.domain.policy.enums import Validity, Verdict
from feidi.domain.policy.selectors.trials import Trial, Tried
from feidi.engines.rules.results import Outcome
from feidi.kernel.money.display import format_money


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """One clause for one firm in words; "" where there is no such clause."""

    firm: str
    clause: str
    title: str
    now_says: str
    then_says: str
    differs: bool


@dataclass(frozen=True, slots=True)
class ShownTrial:
    """The answers that change, and the others. Empty: nobody's facts are known."""

    changed: tuple[ShownAnswer, ...]
    same: tuple[ShownAnswer, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.same)


def shown_trial(trial: Trial | None) -> ShownTrial | None:
    """Return a trial in words; None where nothing was tried."""
    return None if trial is None else ShownTrial(_shown(trial.changed), _shown(trial.same))


def _shown(rows: Sequence[Tried]) -> tuple[ShownAnswer, ...]:
    return tuple(
        ShownAnswer(
            each.firm, each.clause, each.title, outcome_words(each.before), outcome_words(each.after), each.differs
        )
        for each in rows
    )


def outcome_words(outcome: Outcome | None) -> str:
    """Say an answer shortly: verdict, amount, validity where it is not in force."""
    if outcome is None:
        return ""
    words = [str(Verdict(outcome.verdict.value).label)]
    if outcome.granted is not None and outcome.granted.unstated:
        words.append(_("金额未载明"))
        if outcome.granted.hi_fen is not None:
            words.append(_("最高 ") + format_money(outcome.granted.hi_fen, "CNY"))
    elif outcome.granted is not None:
        low, high = outcome.granted.lo_fen, outcome.granted.hi_fen
        shown = [format_money(each, "CNY") for each in dict.fromkeys((low, high)) if each is not None]
        words.append(
            (_("最高 ") if outcome.granted.up_to else "") + "–".join(shown) + ("" if high is not None else _(" 起"))
        )
    if outcome.validity.value != Validity.IN_FORCE:
        words.append(str(Validity(outcome.validity.value).label))
    return " · ".join(words)
