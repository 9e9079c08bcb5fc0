"""What a reader may not learn of linked projects: an instruction or a meeting is shared with the home side before the
projects that it speaks of are reported (报送). Names, codes and sponsors of those are struck out of every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor


def unreported() -> str:
    """Return the words that stand where a project is not to be named."""
    return _("（未报送项目）")


@dataclass(frozen=True, slots=True)
class Veil:
    """``hidden``: keys of projects that the reader may not know of. ``words``: what would give them away."""

    hidden: frozenset[int] = frozenset()
    words: tuple[str, ...] = ()

    def hides(self, project_id: int | None) -> bool:
        """Tell whether the reader may not know of this project."""
        return project_id in self.hidden

    def text(self, written: str) -> str:
        """Return a text without what would give a hidden project away."""
        for word in self.words:
            written = re.sub(re.escape(word), unreported(), written, flags=re.IGNORECASE)
        return written

    def name(self, project: Project | None) -> str:
        """Return a linked project's name as the reader may read it; empty without one."""
        if project is None:
            return ""
        return unreported() if self.hides(project.pk) else project.name

    def whole(self, written: str, project_id: int | None) -> str:
        """Return a text about a project: as it is, or nothing but that it is about one not reported."""
        return unreported() if self.hides(project_id) else self.text(written)


def veil_of(actor: Actor, project_ids: Iterable[int | None]) -> Veil:
    """Return what ``actor`` may not learn of these projects. Two queries, one when there are none to ask about."""
    asked = {each for each in project_ids if each is not None}
    if not asked:
        return Veil()
    seen = set(visible_in_office(actor, Project.objects.filter(pk__in=asked)).values_list("pk", flat=True))
    hidden = frozenset(asked - seen)
    if not hidden:
        return Veil()
    rows = Project.objects.filter(pk__in=hidden).values_list("name", "sponsor_name", "code", "uid")
    words = {word.strip() for row in rows for word in row if len(word.strip()) > 1}
    # the longest first: a firm's name may hold the project's
    return Veil(hidden, tuple(sorted(words, key=len, reverse=True)))
