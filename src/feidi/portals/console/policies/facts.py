"""Filling in missing facts on the spot, and taking one back."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Fact
from feidi.domain.policy.access import FACTS
from feidi.domain.policy.selectors.checkups import Answered, ask
from feidi.domain.policy.selectors.known import TITLE_SET, offered_titles
from feidi.domain.policy.services.facts import Origin, Statement, state_policy_facts, withdraw_policy_fact
from feidi.engines.findings import RefusedError
from feidi.engines.rules.facts import FactDef
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import store_upload
from feidi.kernel.money.display import format_money
from feidi.kernel.subjects import Subject
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED
from feidi.portals.console.policies.asking import Asking, address_of, asking_about, asking_of
from feidi.portals.console.policies.forms import PREFIX, FactsForm
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.requests import FeidiRequest

#: Whose a fact is by the dictionary → the kind of subject beside the one asked about that holds it.
_WHOSE = {"project": "pipeline.project", "organization": "parties.organization", "team": "parties.organization"}


def facts_form(request: FeidiRequest, asking: Asking, answered: Answered, *, sent: bool = False) -> FactsForm:
    """Return the form of what is missing, what unlocks most first; facts named by ``?fact=`` stand on top."""
    dictionary = answered.question.library.dictionary
    questions = {each["fact"]: each for each in answered.sheet.summary["questions"]}
    named = [fact for fact in request.GET.getlist("fact") if fact in dictionary]
    wanted: list[FactDef] = [dictionary[fact] for fact in dict.fromkeys([*named, *questions]) if fact in dictionary]
    known = {fact: each["words"] for fact, each in answered.sheet.facts.items() if fact in named}
    offered, rows = offered_titles(
        asking.outpost, asking.enquiry(request.now).subjects[0], dictionary, as_of=asking.as_of
    )
    hints = {fact: _hint(each) for fact, each in questions.items()}
    if offered:
        labels = "、".join(each.label for each in rows)
        hints[TITLE_SET] = _("资质台账已有：{labels}；请补全后确认").format(labels=labels)
        known.setdefault(TITLE_SET, sorted(offered))
    data = (request.POST, request.FILES) if sent else ()
    return FactsForm(*data, definitions=wanted, hints=hints, known=known, auto_id="id_%s")


def _hint(question: dict[str, Any]) -> str:
    """Return what an answer is good for: the clauses that lack only this, and what they may come to; else the others."""
    alone, together, most = len(question["clauses"]), len(question["helps"]), question["unlocks_fen"]
    if alone and most:
        return _("只差它的有 {n} 条，最多 {amount}").format(n=alone, amount=format_money(most, "CNY"))
    if alone:
        return _("只差它的有 {n} 条").format(n=alone)
    return _("与别的事实一起影响 {n} 条").format(n=together) if together else ""


@require_POST
def facts_state(request: FeidiRequest, uid: str) -> HttpResponse:
    """State what was filled in; the page then shows what has changed by it."""
    return _stated(request, asking_of(request, uid))


@require_POST
def subject_facts_state(request: FeidiRequest, kind: str, uid: str) -> HttpResponse:
    """State what was filled in about a person or a referral; the page then shows what has changed by it."""
    return _stated(request, asking_about(request, kind, uid))


def _stated(request: FeidiRequest, asking: Asking) -> HttpResponse:
    require(request.actor, FACTS, outpost_scope(asking.outpost.pk))
    form = _sent_form(request, asking)
    if not form.is_valid():
        return _again(request, asking, form, INVALID)
    try:
        with recorded(actor=request.actor, now=request.now):
            _state(request, asking, form)
    except RefusedError as error:
        fields = {each.column or "": f"{PREFIX}{each.column}" for each in error.refusal.reasons}
        add_refusal(form, error.refusal, fields)
        return _again(request, asking, form, REFUSED)
    n = len(form.statements())
    messages.success(request, _("已保存 {n} 项事实。").format(n=n))
    return redirect(_onward(request, asking))


def _sent_form(request: FeidiRequest, asking: Asking) -> FactsForm:
    """Return the form as it was sent: a field for each fact that the page offered or the sender named."""
    answered = ask(asking.enquiry(request.now))
    dictionary = answered.question.library.dictionary
    sent = [name.removeprefix(PREFIX) for name in request.POST if name.startswith(PREFIX)]
    definitions = [dictionary[fact] for fact in dict.fromkeys(sent) if fact in dictionary]
    return FactsForm(request.POST, request.FILES, definitions=definitions)


def _again(request: FeidiRequest, asking: Asking, form: FactsForm, status: int) -> HttpResponse:
    from feidi.portals.console.policies.checkups import show  # noqa: PLC0415 - the page shows this form

    return show(request, asking, form, status)


def _state(request: FeidiRequest, asking: Asking, form: FactsForm) -> None:
    """Facts of the project or the firm beside the subject go there, all others to the subject itself."""
    own, *others = asking.enquiry(request.now).subjects
    placed = {each.kind: each for each in others}
    upload = form.cleaned_data["document"]
    document = None
    if upload:
        document = store_upload(
            actor=request.actor,
            now=request.now,
            subject=own,
            name=upload.name,
            chunks=upload.chunks(),
            reason=form.cleaned_data["mark_reason"],
        )
    by_subject: defaultdict[Subject, list[Statement]] = defaultdict(list)
    for each in form.statements():
        whose = _WHOSE.get(form.definitions[f"{PREFIX}{each.fact}"].subject, "")
        by_subject[placed.get(whose, own)].append(each)
    for subject, statements in by_subject.items():
        _say(request, asking, subject, statements, form.origin(document))


def _say(request: FeidiRequest, asking: Asking, subject: Subject, statements: list[Statement], origin: Origin) -> None:
    state_policy_facts(
        actor=request.actor,
        now=request.now,
        outpost=asking.outpost,
        subject=subject,
        statements=statements,
        origin=origin,
    )


@require_POST
def fact_withdraw(request: FeidiRequest, uid: str, entry: str) -> HttpResponse:
    """Take a fact back that was stated in error: it is unknown again."""
    return _withdrawn(request, asking_of(request, uid), entry)


@require_POST
def subject_fact_withdraw(request: FeidiRequest, kind: str, uid: str, entry: str) -> HttpResponse:
    """Take a fact of a person or a referral back that was stated in error: it is unknown again."""
    return _withdrawn(request, asking_about(request, kind, uid), entry)


def _withdrawn(request: FeidiRequest, asking: Asking, entry: str) -> HttpResponse:
    subjects = asking.enquiry(request.now).subjects
    row = Fact.objects.filter(
        subject_kind__in=[each.kind for each in subjects], subject_uid__in=[each.uid for each in subjects]
    ).get(uid=entry, outpost=asking.outpost)
    reason = request.POST.get("reason", "")
    withdraw_policy_fact(actor=request.actor, now=request.now, outpost=asking.outpost, fact=row, reason=reason)
    messages.success(request, _("已撤回，这一项重新算作未知。"))
    return redirect(_onward(request, asking))


def _onward(request: FeidiRequest, asking: Asking) -> str:
    return address_of(asking, request.today, since=request.now.isoformat()) + "#changed"
