"""A talent on file for tests: with their consent, their sealed paper, a case."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from feidi.domain.talent.enums import GivenHow, Origin, PaperKind, Whereabouts
from feidi.domain.talent.models import GreenCase, Talent
from feidi.domain.talent.services.cases import NewCase, open_case
from feidi.domain.talent.services.changing import Scan
from feidi.domain.talent.services.consents import NewConsent, give_consent
from feidi.domain.talent.services.talents import NewTalent, Work, register_talent
from tests.support.world import PDF, World

PAPER, PHONE = "440600199001011234", "13912345678"


def made(world: World, name: str = "林博士", **more: Any) -> Talent:
    """Put a person on file who works at home and agreed in words, on record."""
    work = more.pop("work", Work(field="材料", works_at=Whereabouts.HOME))
    new = NewTalent(
        name,
        more.pop("origin", Origin.MAINLAND),
        phone=more.pop("phone", PHONE),
        paper_kind=PaperKind.ID_CARD,
        paper_number=more.pop("paper", PAPER),
        work=work,
    )
    return register_talent(
        actor=world.actor(more.pop("by", "officer")),
        now=more.pop("now", world.now),
        outpost=more.pop("outpost", world.outpost),
        new=new,
        consent=more.pop("consent", NewConsent("service", GivenHow.RECORDED)),
    )


def guardian(world: World, talent: Talent, by: str = "officer") -> Any:
    """Write down a guardian's own consent, signed on paper."""
    new = NewConsent("child", GivenHow.PAPER, paper=Scan("王小明的同意书.pdf", [PDF]))
    return give_consent(actor=world.actor(by), now=world.now, talent=talent, new=new)


def opened(
    world: World, talent: Talent, *services: str, on: date | None = None, child: Any = None, by: str = "officer"
) -> GreenCase:
    """Open a case of these services (落户 alone by default), 28 days ago unless said otherwise."""
    day = on or world.now.date() - timedelta(days=28)
    new = NewCase(services or ("settling",), world.users[by], day, child)
    return open_case(actor=world.actor(by), now=world.now, talent=talent, new=new)


def at(now: datetime, days: int) -> datetime:
    """Return the moment so many days later."""
    return now + timedelta(days=days)
