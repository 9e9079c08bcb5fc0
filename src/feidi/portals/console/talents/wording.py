"""How a clock, a label and a class are said on the pages of talents."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.talent.models import ClassRuling
from feidi.domain.talent.selectors.clocks import ClockState, Reading, clock_said
from feidi.engines.findings import Finding, Level
from feidi.kernel.messages import text_of
from feidi.portals.ui.pieces import Badge, Tone

_TONES: dict[ClockState, Tone] = {
    ClockState.RUNNING: "info",
    ClockState.PAUSED: "warn",
    ClockState.LATE: "bad",
    ClockState.KEPT: "ok",
    ClockState.FINISHED_LATE: "bad",
    ClockState.NO_PROMISE: "quiet",
    ClockState.FINISHED_NO_PROMISE: "quiet",
}


def said(zh: str, en: str) -> str:
    """Return a label of content in the reader's language."""
    return en if get_language() == "en" and en else zh


def clock_words(reading: Reading) -> str:
    """Return the one visible clock in words: days left, standing still, late by how many, no promise known."""
    return text_of(clock_said(reading))


def clock_badge(reading: Reading) -> Badge:
    """Return the clock as a badge."""
    return Badge(clock_words(reading), _TONES[reading.state], "clock")


def taken_note(city: str) -> str:
    """Return what a time limit taken from elsewhere says until the place confirms it."""
    return text_of(Finding(Level.NOTE, "deadlines.taken_from", {"city": city})) if city else ""


def class_badge(ruling: ClassRuling | None, waiting: bool) -> Badge:  # noqa: FBT001 - two facts of one row
    """Return a person's class as decided, or that it is not."""
    if ruling is not None:
        return Badge(ruling.class_name or ruling.class_code, "ok")
    return Badge(_("类别待裁定"), "warn") if waiting else Badge(_("类别未裁定"), "quiet")


def scores_words(scores: Sequence[int]) -> str:
    """Return how cases were scored; hidden below five, so that nobody is known by their score."""
    if len(scores) < 5:  # noqa: PLR2004 - K39
        return _("少于 5 份，不显示")
    mean = sum(scores) / len(scores)
    return _("平均 {mean:.1f} 分，{n} 份").format(mean=mean, n=len(scores))
