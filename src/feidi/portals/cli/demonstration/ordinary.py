"""The ninety leads that never came as far as an inspection: fresh, in talks, paused, lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from feidi.domain.pipeline.enums import ConditionCode, Stage
from feidi.portals.cli.demonstration import sayings
from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.invented import Firm
from feidi.portals.cli.demonstration.tale import Tale

MONTHS = 52
#: Projects of this field are no business of the place.
STRANGE = "其他"
DUPLICATE_NAME, DUPLICATE_BRAND = 3, 6
FORCED_EVERY = 20
_DAYS_PER_MONTH = 30.4
#: Newest first: what becomes of the leads; all older ones are closed. Fresh leads and those under judgement mix.
ENDINGS = (
    *("lead", "lead", "screening") * 6,
    *("talking",) * 24,
)
#: How many days ago a lead under judgement entered ``screening`` (three working days are allowed).
_JUDGED_AGO = (2, 3, 1, 8, 4, 2, 17)
#: How many days ago a project in talks was last spoken with (a fortnight is allowed).
_TALKED_AGO = (3, 6, 9, 12, 13, 20, 34, 48)


def start_days(random: Random, count: int) -> list[int]:
    """Return for ``count`` leads how many days ago each came in, newest first: growing from month to month."""
    weights = [1.0 + month * 0.05 for month in range(MONTHS)]
    drawn = random.choices(range(MONTHS), weights, k=count)
    # the month's number counts from the oldest; the first six are recent for certain
    days = [round((MONTHS - 1 - month) * _DAYS_PER_MONTH) + random.randrange(2, 30) for month in drawn]
    return sorted([*days[6:], 1, 2, 2, 5, 8, 12])


def tell_ordinary(scene: Scene, firms: list[Firm]) -> None:
    """Note the lives of the ordinary leads. The strangers to the place's industries are turned down."""
    random = scene.random
    strangers = [each for each in firms if each.field == STRANGE]
    familiar = [each for each in firms if each.field != STRANGE]
    days = start_days(random, len(firms))
    # strangers take older starts, so that their refusal lies behind
    for nth, firm in enumerate(strangers):
        tell_rejected(_tale(scene, firm, days.pop(-4 - nth * 9)), ("industry", "不属于本区主导产业"))
    for nth, (firm, ago) in enumerate(zip(familiar, days, strict=True)):
        ending = ENDINGS[nth] if nth < len(ENDINGS) else "closed"
        tale = _tale(scene, _disguised(scene, firm, nth), ago)
        {"lead": tell_fresh, "screening": tell_screening, "talking": tell_talking, "closed": tell_closed}[ending](
            tale, nth
        )


def _disguised(scene: Scene, firm: Firm, nth: int) -> Firm:
    """Return two of the newest leads under names that are known already: suspected duplicates."""
    first = next(iter(scene.tales.values()))
    if nth == DUPLICATE_NAME:
        spaced = f"{first.project[:2]} {first.project[2:]}"
        return replace(firm, project=spaced, one_line=first.one_line, field=first.field, kind=first.kind)
    if nth == DUPLICATE_BRAND:
        sponsor = first.sponsor.replace("有限公司", "（前湾）有限公司")
        return replace(firm, project=f"{first.project}仪", sponsor=sponsor, kind=first.kind, field=first.field)
    return firm


def _tale(scene: Scene, firm: Firm, ago: int) -> Tale:
    starts: date = scene.today - timedelta(days=ago)
    return Tale(scene, firm, starts=starts, officer=scene.random.choice(("officer", "officer", "officer2")))


def tell_fresh(tale: Tale, nth: int) -> None:
    """Tell of a lead just registered; some without a contact, some waiting longer than they should."""
    random = tale.scene.random
    tale.register(
        source=sayings.source(random),
        contact=nth % 4 != 1,
        referrer=random.choice(sayings.REFERRERS),
        not_a_duplicate=nth == DUPLICATE_NAME,
    )
    if nth % 4 != 1:
        _talks(tale, 1, gap=(1, 3))


def tell_screening(tale: Tale, nth: int) -> None:
    """Tell of a lead under judgement; every third promised the key facts for later (待补)."""
    random = tale.scene.random
    tale.register(source=sayings.source(random), referrer=random.choice(sayings.REFERRERS))
    _talks(tale, 1, gap=(1, 2))
    turn = nth // 3
    tale.until(_JUDGED_AGO[turn % len(_JUDGED_AGO)])
    if turn % 2:
        tale.move(Stage.SCREENING, promises=(tale.promise("screening_key_facts", days=5),))
    else:
        tale.update({**sayings.key_facts(random), "screening_verdict": "待研判"})
        tale.move(Stage.SCREENING)


def tell_talking(tale: Tale, nth: int) -> None:
    """Tell of a project in talks; followed up lately, or too long ago."""
    random = tale.scene.random
    if nth % FORCED_EVERY == 0:
        _forced_to_talks(tale)
    else:
        _to_talks(tale)
    _talks(tale, random.randrange(2, 5), gap=(9, 40))
    tale.until(_TALKED_AGO[nth % len(_TALKED_AGO)])
    _talks(tale, 1, gap=(0, 1))
    if nth % 5 == 0:
        tale.update({"problems": random.choice(sayings.PROBLEMS), "next_step": random.choice(sayings.NEXT_STEPS)})


def tell_closed(tale: Tale, nth: int) -> None:
    """Tell of an older lead that was lost, turned down, handed over, paused, or does not answer."""
    random = tale.scene.random
    if nth % 3 == 0:
        tell_rejected(tale, random.choice(sayings.REJECTED))
        return
    _to_talks(tale)
    _talks(tale, random.randrange(1, 4), gap=(12, 45))
    tale.wait(random.randrange(20, 90))
    match nth % 12:
        case 1:
            tale.lay(ConditionCode.PAUSED, "等待下一轮融资到位", "waiting_capital", review_in=random.randrange(20, 200))
        case 4:
            tale.lay(ConditionCode.UNREACHABLE, "三次去电无人接听，微信未回", "no_answer", review_in=30)
        case 7:
            tale.lay(ConditionCode.HANDED_OVER, "转交云州市其他区园区（虚构），保留首报记录", "better_fit")
        case _:
            code, words = random.choice(sayings.LOST)
            tale.lay(ConditionCode.LOST, words, code)


def tell_rejected(tale: Tale, why: tuple[str, str]) -> None:
    """Tell of a lead turned down at screening, with feedback."""
    random = tale.scene.random
    tale.register(source=sayings.source(random))
    _talks(tale, 1, gap=(1, 2))
    tale.update(sayings.key_facts(random), after=1)
    tale.move(Stage.SCREENING, after=1)
    tale.wait(random.randrange(2, 5))
    tale.update({"screening_verdict": "不跟进", "judged_follow": False, "feedback_sent_on": tale.day})
    tale.lay(ConditionCode.REJECTED, why[1], why[0])


def _to_talks(tale: Tale) -> None:
    random = tale.scene.random
    tale.register(source=sayings.source(random), referrer=random.choice(sayings.REFERRERS))
    _talks(tale, 1, gap=(1, 2))
    tale.update(sayings.key_facts(random), after=1)
    tale.move(Stage.SCREENING, after=1)
    tale.wait(random.randrange(2, 5))
    tale.update({"screening_verdict": "跟进", "judged_follow": True, "feedback_sent_on": tale.day, "major": False})
    tale.move(Stage.NEGOTIATING)


def _forced_to_talks(tale: Tale) -> None:
    """Skip the screening by order of the operator lead: marked, left out of conversion figures."""
    tale.register(source="区领导交办")
    tale.move(Stage.NEGOTIATING, force=True, reason="区里交办项目，已直接会谈，研判表另行补做", after=2)


def _talks(tale: Tale, count: int, *, gap: tuple[int, int]) -> None:
    random = tale.scene.random
    for _ in range(count):
        kind, words = sayings.saying(random)
        tale.talk(kind, words, next_step=random.choice(sayings.NEXT_STEPS), after=random.randint(*gap))
