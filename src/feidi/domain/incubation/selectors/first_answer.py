"""第一次答复: one page of plain JSON. Bench, desk, which company registers where, what there is and not, policies, costs.

It is a paper: Chinese whatever the reader's language, words as they are printed, frozen when it is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any, Final

from django.utils.translation import override

from feidi.domain.incubation.models import Application
from feidi.domain.incubation.selectors.admission_capacity import Capacity, capacity_of
from feidi.domain.incubation.selectors.admission_costs import Costed, costs_for
from feidi.domain.incubation.selectors.admission_fit import (
    HOST,
    Entity,
    Match,
    Need,
    Truth,
    entities_of,
    lacks_of,
    matches_of,
    needs_of,
)
from feidi.domain.incubation.selectors.admission_policies import PolicyLines, failing, policies_for, unconfirmed
from feidi.domain.incubation.selectors.admission_rules import admission_rules
from feidi.domain.incubation.selectors.lab_options import LabOption, lab_options
from feidi.domain.incubation.selectors.premises import Premises, premises_of
from feidi.domain.parties.models import Outpost
from feidi.engines.costing import FIGURES, PROFILE, Comparison, Line, Per, Range, Side, whole_fen
from feidi.engines.money import MoneyText
from feidi.kernel.messages import text_of
from feidi.kernel.money.display import format_money_text

Json = dict[str, Any]
#: So many clauses of each verdict stand on the page; the others are counted.
SHOWN: Final = 6
NEEDS: Final = {
    "wet_bench": "湿实验台",
    "biosafety": "生物安全实验室",
    "purified_water": "纯水",
    "hazardous_waste": "危废处置",
}
_WHY: Final = {
    "licence": "证照要求持有人在这一侧",
    "lab_always": "可用的实验室都要求在这一侧注册",
    "lab_sometimes": "选用“{lab}”时须在这一侧注册，选别家则不必",
    "nothing_asks": "证照和可用的实验室都不要求",
    "licence_unknown": "证照要落在哪里还不清楚，先问主管部门",
}
_IN_FORCE: Final = "条文是否仍有效（待向发文单位核实）"
#: What may turn a comparison round stands before it; the other remarks stand below.
_TURNING: Final = frozenset({"costing.different_years", "costing.different_baskets", "costing.laboratory"})
_BESIDE: Final = frozenset({"costing.missing", "costing.not_said"})
_NEEDED: Final = {Truth.YES: "需要", Truth.NO: "不需要", Truth.UNKNOWN: "待定"}


def first_answer_of(application: Application, *, today: date, now: datetime) -> Json:
    """Return the page as it would be given today."""
    outpost, rules = application.outpost, admission_rules(application.outpost)
    premises = premises_of(outpost)
    policies = policies_for(outpost, rules, application.answers, application.organization, as_of=today, known_at=now)
    with override("zh-hans"):
        return {
            "number": application.number,
            "applicant": application.applicant,
            "outpost": outpost.name,
            "as_of": today.isoformat(),
            **fit_of(application, today),
            "desk": desk_words(capacity_of(outpost, today)),
            "gives": [each.zh for each in premises.gives],
            "gives_not": [each.zh for each in premises.gives_not],
            "policies": _policies(policies),
            "costs": costs_told(costs_for(outpost, rules, application.answers, as_of=today)),
            "caller": _caller(application),
        }


def fit_of(application: Application, today: date) -> Json:
    """Return what the first page of answers decides already: bench, laboratories, which company registers where."""
    outpost, rules = application.outpost, admission_rules(application.outpost)
    needs, premises = needs_of(rules, application.answers), premises_of(outpost)
    options = lab_options(outpost, needs, today) if needs else []
    entities = entities_of(rules, application.answers, options)
    return {
        "bench": _bench(matches_of(needs, premises.facilities), premises),
        "labs": [_lab(each) for each in options],
        "entities": [_entity(each, outpost) for each in entities],
    }


def desk_words(capacity: Capacity) -> str:
    """Return whether there is a place, in words."""
    if capacity.free is None:
        return "工位数还没有登记，由专员当面确认"
    if capacity.full:
        return f"目前没有空位（共 {capacity.total}，已用 {capacity.taken}）；同意入驻的排入候补，有空位按先后通知"
    named = f"，如：{'、'.join(capacity.names)}" if capacity.names else ""
    return f"有空位 {capacity.free}（共 {capacity.total}）{named}"


def bench_words(matches: Iterable[Match], premises: Premises) -> tuple[Truth, str]:
    """Return whether the centre has what is needed, and the sentence for it."""
    found = tuple(matches)
    lacks = lacks_of(found)
    if not found:
        return Truth.YES, "不需要实验条件：有工位即可"
    if lacks:
        if premises.facilities.wet_bench is False and any(each.need.code == "wet_bench" for each in lacks):
            return Truth.NO, "本中心无湿实验条件"
        return Truth.NO, f"本中心没有：{'、'.join(need_words(each.need) for each in lacks)}"
    if all(each.need.certain and each.has is Truth.YES for each in found):
        return Truth.YES, "所需的实验条件本中心都有"
    if any(each.has is Truth.UNKNOWN for each in found):
        return Truth.UNKNOWN, "本中心的实验条件还没有登记齐，由专员确认"
    return Truth.UNKNOWN, "需要什么还不清楚，先与专员商量"


def need_words(need: Need) -> str:
    """Return a need in words: 生物安全实验室 BSL-2."""
    level = f" {need.level.upper().replace('BSL', 'BSL-')}" if need.level else ""
    return f"{NEEDS[need.code]}{level}"


def _bench(matches: tuple[Match, ...], premises: Premises) -> Json:
    truth, words = bench_words(matches, premises)
    has = {Truth.YES: "有", Truth.NO: "没有", Truth.UNKNOWN: "没有登记"}
    return {
        "truth": truth.value,
        "words": words,
        "note": premises.note.zh,
        "needs": [
            {
                "label": need_words(each.need),
                "asked": "需要" if each.need.certain else "还不清楚是否需要",
                "has": has[each.has],
                "truth": each.has.value,
            }
            for each in matches
        ],
    }


def _lab(option: LabOption) -> Json:
    lab = option.lab
    return {
        "name": lab.name.zh,
        "place": lab.place.zh,
        "registration": lab.registration.zh or "对注册地的要求没有登记，须先问",
        "meets": [need_words(each) for each in option.meets],
        "unknown": [need_words(each) for each in option.unknown],
        "price": lab.price.zh or "价格没有登记",
        "source": lab.source,
    }


def _entity(entity: Entity, outpost: Outpost) -> Json:
    place = outpost.host if entity.side == HOST else outpost.home
    return {
        "side": entity.side,
        "place": place.name_zh,
        "does": "研发、实验" if entity.side == HOST else "生产、销售",
        "needed": entity.needed.value,
        "words": _NEEDED[entity.needed],
        "reasons": [_WHY[each].format(lab=entity.lab) for each in entity.reasons],
    }


def _policies(lines: PolicyLines) -> Json:
    return {
        "as_of": lines.as_of.isoformat(),
        "hash": lines.hash,
        "eligible": [_clause(each) for each in lines.eligible[:SHOWN]],
        "unknown": [_clause(each) for each in lines.unknown[:SHOWN]],
        "not_eligible": [_clause(each) for each in lines.not_eligible[:SHOWN]],
        "counts": {
            "eligible": len(lines.eligible),
            "unknown": len(lines.unknown),
            "not_eligible": len(lines.not_eligible),
            "left_out": lines.left_out,
        },
    }


def _clause(row: Json) -> Json:
    fails = failing(row) if row["verdict"] == "not_eligible" else None
    return {
        "title": row["title"],
        "cited": " ".join(filter(None, (row["cited"]["document"], row["cited"]["article"]))),
        "amount": _amount(row["amount"]),
        "missing": [*(each["name"] for each in row["missing_told"]), *([_IN_FORCE] if unconfirmed(row) else [])],
        "needed": fails["needed"] if fails else "",
        "what": fails["words"] if fails else "",
        "actual": fails["actual"] if fails else "",
        "flagged": bool(row["fair_competition"]),
    }


def _amount(amount: Json | None) -> str:
    if amount is None or (not amount["lo"] and amount["hi"] is None):
        return ""
    lowest = None if amount["up_to"] else amount["lo"]
    return format_money_text(MoneyText("", lowest, amount["hi"], "CNY"))


def costs_told(costed: Costed) -> Json:
    """Return the comparison as the page shows it; without one, why."""
    comparison = costed.comparison
    if comparison is None:
        said = "；".join(text_of(each) for each in costed.findings)
        return {
            "asked": False,
            "words": said or "没有说人数和面积，还不能测算",
            "lines": [],
            "totals": [],
            "warnings": [],
            "notes": [],
        }
    return {
        "asked": True,
        "words": "",
        "home": comparison.home.name.zh,
        "host": comparison.host.name.zh,
        "months": 12 * comparison.profile.years,
        "lines": [_line(each) for each in comparison.lines],
        "totals": _totals(comparison),
        "left_out": [each.item.label.zh for each in comparison.lines if not each.counted],
        "warnings": _remarks(comparison, turning=True),
        "notes": _remarks(comparison, turning=False),
        "sources": comparison.sources(),
    }


def _line(line: Line) -> Json:
    return {
        "label": line.item.label.zh,
        "per": "每年" if line.item.per is Per.YEAR else "一次性",
        "home": _side(line.home),
        "host": _side(line.host),
        "difference": money(line.difference),
        "counted": line.counted,
    }


def _side(side: Side) -> str:
    if side.amount is not None:
        return money(side.amount)
    lacking = "、".join((FIGURES[each].label if each in FIGURES else PROFILE[each]).zh for each in side.missing)
    return f"未知（缺：{lacking}）" if lacking else "未知"


def _totals(comparison: Comparison) -> list[Json]:
    if not any(each.counted for each in comparison.lines):
        return []
    both = ((12, comparison.yearly), (12 * comparison.profile.years, comparison.over_years))
    return [
        {
            "label": f"{months} 个月合计",
            "home": money(total.home),
            "host": money(total.host),
            "difference": money(total.difference),
        }
        for months, total in both
    ]


def _remarks(comparison: Comparison, *, turning: bool) -> list[str]:
    """Return what to beware of, each once; what is missing stands beside its amount."""
    found = [*comparison.remarks, *(each for line in comparison.lines for each in line.remarks)]
    said = [each for each in found if each.code not in _BESIDE and (each.code in _TURNING) is turning]
    return list(dict.fromkeys(text_of(each) for each in said))


def money(value: Range | None) -> str:
    """Return an amount in words, exact; 未知 when it is not known."""
    if value is None:
        return "未知"
    return format_money_text(MoneyText("", whole_fen(value.lo), whole_fen(value.hi), "CNY"), reading=False)


def _caller(application: Application) -> Json:
    officer = application.officer
    return {
        "name": officer.display_name if officer else "",
        "phone": application.outpost.phone,
        "words": f"{officer.display_name} 会给您打电话" if officer else "专员确定后会给您打电话",
    }
