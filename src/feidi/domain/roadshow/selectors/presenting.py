"""An activity in words: title, place, kind; in the reader's language where there are two."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_rules import ActivityRules, activity_rules


def title_of(activity: Activity) -> str:
    """Return the title."""
    return activity.title_en if get_language() == "en" and activity.title_en else activity.title_zh


def about_of(activity: Activity) -> str:
    """Return the text."""
    return activity.about_en if get_language() == "en" and activity.about_en else activity.about_zh


def place_words(activity: Activity) -> str:
    """Return where it is: the outpost's address and room, or the address outside."""
    if activity.booking is not None:
        words = [activity.outpost.address, activity.outpost.short_name, activity.booking.unit.name]
        return " ".join(each for each in words if each)
    return activity.address or _("地点待定")


def kind_words(activity: Activity, rules: ActivityRules | None = None) -> str:
    """Return the label of its kind; the code where content does not know it any more. ``rules``: read before."""
    kind = (rules or activity_rules(activity.outpost)).kind(activity.kind)
    return kind.label.in_language(get_language()) if kind else activity.kind


def rules_of(activities: Iterable[Activity]) -> dict[int, ActivityRules]:
    """Return the rules by outpost of these activities: read once for each outpost, not for each row."""
    outposts = {each.outpost_id: each.outpost for each in activities}
    return {pk: activity_rules(outpost) for pk, outpost in outposts.items()}
