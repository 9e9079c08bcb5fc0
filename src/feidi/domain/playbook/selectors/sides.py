"""What content calls an outpost's two sides (禅城侧, 深圳侧), and the letters that begin its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from feidi.domain.parties.models import Outpost
from feidi.domain.playbook.enums import OwnerSide
from feidi.engines.playbooks import Label
from feidi.kernel.content.library import library


@dataclass(frozen=True, slots=True)
class Sides:
    """The words for the two governments, and the prefix of numbers."""

    home: Label
    host: Label
    prefix: str

    def word(self, owner: str) -> Label:
        """Return what a side is called here."""
        named = {OwnerSide.HOME: self.home, OwnerSide.HOST: self.host}
        plain = str(OwnerSide(owner).label)
        return named.get(OwnerSide(owner), Label(plain, plain))


def sides_of(outpost: Outpost) -> Sides:
    """Return the words of an outpost; without content the plain ones."""
    found = library().find(outpost.home.code, "enclave/enclave.yaml", on=None)
    data = found.data if found else {}
    own: dict[str, Any] = next((each for each in data.get("outposts") or () if each.get("code") == outpost.code), {})
    return Sides(
        home=_label(data.get("home", {}).get("side"), OwnerSide.HOME),
        host=_label(own.get("side"), OwnerSide.HOST),
        prefix=str(own.get("number_prefix") or outpost.code.upper()),
    )


def _label(raw: dict[str, str] | None, owner: OwnerSide) -> Label:
    plain = str(owner.label)
    return Label(raw["zh"], raw["en"]) if raw else Label(plain, plain)
