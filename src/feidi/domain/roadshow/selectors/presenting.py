"""An activity in words: title, place, kind; in the reader's language where there are two."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_rules import activity_rules


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


def kind_words(activity: Activity) -> str:
    """Return the label of its kind; the code where content does not know it any more."""
    kind = activity_rules(activity.outpost).kind(activity.kind)
    return kind.label.in_language(get_language()) if kind else activity.kind
