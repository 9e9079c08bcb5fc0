"""Policies for visitors: every clause with its source, and a check-up that stores nothing.

The check-up puts what was typed to the same rules as the office's, and forgets it with the answer: no row, no session,
no log. Only how often somebody asks is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from typing_extensions import override

from feidi.domain.policy.enums import Group
from feidi.domain.policy.selectors.answers import Asked, asked, kinds_for
from feidi.domain.policy.selectors.catalogue import list_clauses
from feidi.domain.policy.selectors.facts import Known, KnownFact
from feidi.domain.policy.selectors.library import PolicyLibrary, library_of
from feidi.domain.policy.selectors.sheets import sheet_of
from feidi.domain.showcase.selectors.sites import Site
from feidi.engines.findings import Finding, Level, RefusedError
from feidi.engines.money import MoneyText
from feidi.engines.rules.clauses import Validity
from feidi.engines.rules.fact_values import FactValueError, parse_value
from feidi.engines.rules.facts import FactDef, FactDictionary, FactType
from feidi.kernel.content.library import library
from feidi.kernel.messages import sentence_of
from feidi.kernel.money.display import format_money, format_money_text
from feidi.portals.public.showcase.guarding import check_pace
from feidi.portals.public.showcase.pages import shown, site_form, site_page
from feidi.portals.public.showcase.words import say
from feidi.portals.ui.requests import FeidiRequest

#: So many facts are asked at first, and at most so many in all: those that decide most.
FIRST: Final = 12
MOST: Final = 30
REFUSED: Final = 409
#: Groups that a visitor reads first; the rest is counted.
_TOLD: Final = (Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED, Group.UNKNOWN, Group.NEAR, Group.OUT_OF_WINDOW)
_OPEN: Final = frozenset({Group.APPLICABLE, Group.AUTOMATIC, Group.CONTESTED})
_A_GROUP: Final = 40
#: The units of the fact dictionary, which are words of the rules, in English.
_UNITS: Final = {"元": "yuan", "人": "people", "个": "number", "件": "number", "批": "number", "家": "number of firms"}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One fact as the form asks for it."""

    code: str
    label: str
    kind: str
    choices: tuple[tuple[str, str, bool], ...]
    value: str
    hint: str
    wrong: str


@site_page
def policy_list(request: FeidiRequest, site: Site) -> HttpResponse:
    """Every published clause of the home and the host, by place and document, with its source."""
    places = library_of(site.outpost, on=request.today).places
    names = {code: say(library().place(code)["short_name"]) for code in places}
    documents: dict[tuple[str, str], dict[str, Any]] = {}
    for place in places:
        for each in list_clauses(on=request.today, places=[place]):
            if each.validity is Validity.EXPIRED:
                continue
            told = each.policy.document
            found = documents.setdefault(
                (place, told.title),
                {
                    "place": names[place],
                    "title": say({"zh": told.title, "en": told.title_en}),
                    "number": told.number,
                    "clauses": [],
                },
            )
            found["clauses"].append(
                {
                    "code": each.clause.code,
                    "title": say({"zh": each.clause.title, "en": each.clause.title_en}),
                    "benefit": each.clause.benefit,
                    "in_force": each.validity is Validity.IN_FORCE,
                    "article": each.clause.citation.article,
                    "url": each.clause.citation.url,
                }
            )
    return shown(request, site, "policy_list", {"documents": list(documents.values())})


@site_form
def policy_check(request: FeidiRequest, site: Site) -> HttpResponse:
    """Ask a few facts and say which clauses they meet, what is missing and why. Nothing is stored."""
    question = asked(library_of(site.outpost, on=request.today), kinds_for(()), as_of=request.today)
    codes = _asked_of_visitors(first_questions(_Key(question)), question.library.dictionary)[:FIRST]
    if request.method != "POST":
        fields = _drawn(question.library.dictionary, codes, QueryDict(), {})
        return shown(request, site, "policy_check", {"fields": fields, "groups": None, "problem": ""})
    try:
        check_pace(request, site)
    except RefusedError as error:
        problem = sentence_of(error.refusal)
        fields = _drawn(question.library.dictionary, codes, request.POST, {})
        return shown(request, site, "policy_check", {"fields": fields, "groups": None, "problem": problem}, REFUSED)
    known, wrong = _read(question.library.dictionary, request.POST)
    sheet = sheet_of(question, Known(known))
    asked_next = (each["fact"] for each in sheet.summary["questions"] if each["fact"] not in codes)
    more = _asked_of_visitors(asked_next, question.library.dictionary)
    codes = [*codes, *(code for code in known if code not in codes), *more][:MOST]
    codes = list(dict.fromkeys((*codes, *wrong)))
    context = {
        "fields": _drawn(question.library.dictionary, codes, request.POST, wrong),
        "groups": _groups(sheet.results, question.library),
        "best": _best(sheet.summary),
        "given": len(known),
        "problem": _("有 {n} 项看不懂，其余的已经算了").format(n=len(wrong)) if wrong else "",
    }
    return shown(request, site, "policy_check", context, REFUSED if wrong else 200)


class _Key:
    """Carries a question past the cache, which looks at its policies and day alone."""

    def __init__(self, question: Asked) -> None:
        self.question = question

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._told() == self._told()

    @override
    def __hash__(self) -> int:
        return hash(self._told())

    def _told(self) -> tuple[str, date]:
        return (self.question.library.hash, self.question.as_of)


@lru_cache(maxsize=16)
def first_questions(key: _Key) -> tuple[str, ...]:
    """Return the facts most worth asking of somebody of whom nothing is known."""
    return tuple(each["fact"] for each in sheet_of(key.question, Known()).summary["questions"])


def _asked_of_visitors(codes: Iterable[str], dictionary: FactDictionary) -> list[str]:
    """Leave out what only a person of the other side can judge: nobody knows it of himself."""
    return [code for code in codes if not (code in dictionary and dictionary[code].judgement)]


def _read(dictionary: FactDictionary, given: QueryDict) -> tuple[dict[str, KnownFact], dict[str, str]]:
    """Return what was typed as facts, and what could not be read. Left empty: unknown."""
    known, wrong = {}, {}
    for definition in dictionary:
        name = f"fact-{definition.id}"
        value: Any = given.getlist(name) if definition.type is FactType.CODES else given.get(name, "").strip()[:60]
        if not value:
            continue
        try:
            known[definition.id] = KnownFact(
                definition.id, parse_value(definition, [] if value == ["-"] else value), source="stated"
            )
        except FactValueError as error:
            finding = Finding(Level.PROBLEM, error.code, error.params)
            wrong[definition.id] = sentence_of(finding)
    return known, wrong


def _drawn(dictionary: FactDictionary, codes: Iterable[str], given: QueryDict, wrong: dict[str, str]) -> list[Drawn]:
    return [_field(dictionary[code], given, wrong.get(code, "")) for code in codes if code in dictionary]


def _field(definition: FactDef, given: QueryDict, wrong: str) -> Drawn:
    name = f"fact-{definition.id}"
    chosen = set(given.getlist(name))
    kind, choices = "text", []
    hint = definition.unit
    match definition.type:
        case FactType.YESNO:
            kind, choices = "select", [("", _("不知道")), ("是", _("是")), ("否", _("否"))]
        case FactType.CODES:
            kind, choices = "boxes", [*_choices(definition), ("-", _("以上都没有"))]
        case FactType.DATE:
            kind = "date"
        case FactType.NUMBER:
            hint = _("单位：{unit}").format(unit=_unit(definition.unit)) if definition.unit else ""
        case _:
            kind = "select"
            choices = [("", _("不知道")), *_choices(definition)]
    marked = tuple((code, str(label), code in chosen) for code, label in choices)
    return Drawn(definition.id, _asked_as(definition), kind, marked, given.get(name, ""), hint, wrong)


def _choices(definition: FactDef) -> list[tuple[str, str]]:
    """Return the codes of a fact with what each is called in the reader's language."""
    english = definition.labels_en if get_language() == "en" else {}
    return [(code, english.get(code) or definition.labels.get(code, code)) for code in definition.codes]


def _unit(unit: str) -> str:
    """Return a unit of content in the reader's language."""
    return _UNITS.get(unit, unit) if get_language() == "en" else unit


def _asked_as(definition: FactDef) -> str:
    if get_language() == "en" and definition.name_en:
        return definition.question_en or definition.name_en
    return definition.question or definition.name


def _groups(results: Iterable[dict[str, Any]], rules: PolicyLibrary) -> list[dict[str, Any]]:
    rows = list(results)
    titles = {each.document.title: each.document.title_en for each in rules.policies}
    found = []
    for group in _TOLD:
        inside = [each for each in rows if each["group"] == group]
        if inside:
            clauses = [_clause(each, titles) for each in inside[:_A_GROUP]]
            found.append({"label": group.label, "open": group in _OPEN, "count": len(inside), "clauses": clauses})
    return found


def _clause(row: dict[str, Any], titles: Mapping[str, str]) -> dict[str, Any]:
    near = row["near"] or {}
    document = row["cited"]["document"]
    return {
        "title": say({"zh": row["title"], "en": row["title_en"]}),
        "amount": amount_words(row),
        "missing": [say({"zh": each["name"], "en": each["name_en"]}) for each in row["missing_told"]],
        "near": _near(near),
        "document": say({"zh": document, "en": titles.get(document, "")}),
        "article": row["cited"]["article"],
        "url": row["cited"]["url"],
    }


def _near(near: Mapping[str, Any]) -> str:
    """Return what is needed and what there is, each once."""
    words, needed, actual = (str(near.get(each) or "") for each in ("words", "needed", "actual"))
    told = [words, "" if needed in words else needed, _("现在：{actual}").format(actual=actual) if actual else ""]
    return "；".join(filter(None, told))


def amount_words(row: dict[str, Any]) -> str:
    """Return an amount in words; what the text does not state is said to be so."""
    amount = row["amount"]
    if row["no_money"]:
        return _("不涉及金额")
    if amount is None:
        return ""
    if amount["up_to"] or (amount["unstated"] and amount["hi"] is not None):
        return _("最高 {amount}").format(amount=format_money(amount["hi"], "CNY")) if amount["hi"] else _("金额未见")
    if amount["unstated"] or (not amount["lo"] and amount["hi"] is None):
        return _("金额待核实")
    return format_money_text(MoneyText("", amount["lo"], amount["hi"], "CNY"))


def _best(summary: dict[str, Any]) -> str:
    return format_money(summary["combination"]["best"]["total_fen"], "CNY")
