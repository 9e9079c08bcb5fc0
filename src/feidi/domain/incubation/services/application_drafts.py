"""An application before it is sent: begun, answered page by page, files with it, sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from django.utils.translation import gettext as _

from feidi.domain.incubation.admission_enums import WRITABLE, ApplicationState, Origin, QuestionKind
from feidi.domain.incubation.models import Application, ApplicationFile
from feidi.domain.incubation.selectors.admission_form import UNKNOWN, missing_answers, read_section
from feidi.domain.incubation.selectors.admission_rules import (
    COMPLETION,
    SCREENING,
    AdmissionRules,
    Section,
    admission_rules,
)
from feidi.domain.incubation.selectors.application_answers import files_of, full_answers, known_answers
from feidi.domain.incubation.selectors.application_secrets import new_secret, secret_digest
from feidi.domain.incubation.services.admission_steps import (
    KIND,
    ask_for,
    day_of,
    run_clock,
    settle,
    stepping,
    stop_clock,
    subject_of,
)
from feidi.domain.incubation.services.changing import changing, voiding
from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.parties.services.numbering import next_number, number_prefix
from feidi.domain.pipeline.services.attaching import Attachment, attach
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.sealing import seal

SERIES, FILE_KIND = "application", "incubation.application_file"
#: Drafts from one address, and of one outpost from everywhere, within an hour.
FROM_ONE, FROM_ALL, WITHIN = 10, 200, timedelta(hours=1)
_FILES: Final = 12
_SHOWN_DIGITS: Final = 4
#: Answers that are kept in columns of their own, the phone number encrypted.
_APART: Final = frozenset({"contact", "phone"})


def begin_application(
    *,
    actor: Actor,
    now: datetime,
    outpost: Outpost,
    origin: Origin,
    organization: Organization | None = None,
    origin_digest: str = "",
) -> tuple[Application, str]:
    """Begin a draft; returns it with the code that opens it, which is not kept. What is known of the organization is
    answered already. Refused: too many drafts lately from one address, or for one outpost.

    Whether the actor may begin one for this organization is the caller's question.
    """
    rules = admission_rules(outpost)
    secret = new_secret()
    row = Application(
        outpost=outpost,
        origin=origin,
        origin_digest=origin_digest,
        secret_sha256=secret_digest(secret),
        organization=organization,
        answers=known_answers(outpost, rules, organization, now) if organization else {},
        content_sha256=rules.sha256,
        created_at=now,
    )
    _put_names(row, rules)
    with recorded(actor=actor, now=now) as unit:
        if origin == Origin.PUBLIC:
            _refuse_too_many(row, now)
        row.save()
        unit.created(row, kind=KIND)
    return row, secret


def save_answers(
    *,
    actor: Actor,
    now: datetime,
    application: Application,
    section: Section,
    given: Mapping[str, Any],
    unknown: Iterable[str] = (),
) -> Application:
    """Keep one page of answers; what the page leaves blank is no longer answered. What can be read is kept even where
    something cannot: the refusal then names each answer that was not understood, and how to write it.

    Refused also: an application that is no longer the applicant's to change.
    """
    reading = read_section(section, given, unknown, application.answers)
    with changing(application, kind=KIND, actor=actor, now=now, action="answered") as row:
        _check_writable(row)
        row.answers = {code: value for code, value in row.answers.items() if code not in _codes(section)}
        row.answers.update({code: value for code, value in reading.answers.items() if not _is_apart(section, code)})
        _put_contact(row, section, reading.answers)
        _put_names(row, admission_rules(row.outpost))
    application.refresh_from_db()
    if reading.findings:
        raise refuse("incubation.answers_unread", *reading.findings, n=len(reading.findings))
    return application


def add_file(
    *, actor: Actor, now: datetime, application: Application, question: str, given: Attachment
) -> ApplicationFile:
    """Keep a file that answers a question. Refused: no such question, too many files, what ``store_upload`` refuses."""
    _check_writable(application)
    asked = {each.code for each in admission_rules(application.outpost).questions if each.kind is QuestionKind.FILE}
    if question not in asked:
        raise refuse("incubation.question_unknown", value=question)
    with recorded(actor=actor, now=now) as unit:
        row = Application.objects.select_for_update().get(pk=application.pk)
        _check_writable(row)
        if row.files.filter(voided_at__isnull=True).count() >= _FILES:
            raise refuse("incubation.too_many_files", most=_FILES)
        file = attach(actor=actor, now=now, subject=subject_of(row), given=given)
        made = ApplicationFile(application=row, question=question, file=file, created_at=now)
        made.save()
        unit.created(made, kind=FILE_KIND)
    return made


def remove_file(*, actor: Actor, now: datetime, application: Application, uid: str) -> None:
    """Take a file out of a draft; the row stays, taken back."""
    _check_writable(application)
    file = application.files.get(uid=uid, voided_at__isnull=True)
    voiding(file, kind=FILE_KIND, actor=actor, now=now, reason=_("申请人撤下"))


def submit_application(*, actor: Actor, now: datetime, application: Application) -> Application:
    """Send it: it gets its number, the clock of the first answer runs, the outpost is asked to look at it.

    Sent again after completion it keeps its number. Refused: a required question is not answered (which ones).
    """
    rules = admission_rules(application.outpost)
    _refuse_incomplete(rules, application)
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.SUBMITTED, actor=actor, now=now) as row:
            if not row.number:
                n = next_number(outpost=row.outpost, series=SERIES, now=now)
                row.number = f"{number_prefix(row.outpost)}-入驻-{day_of(now).year}-{n:04d}"
                row.submitted_on = day_of(now)
            row.content_sha256 = rules.sha256
        stop_clock(application, COMPLETION, actor=actor, now=now)
        run_clock(application, SCREENING, actor=actor, now=now)
        what = _("{number} 待初审：{applicant}").format(number=application.number, applicant=application.applicant)
        ask_for(application, what, actor=actor, now=now, assignee=application.officer)
    return application


def withdraw_draft(*, actor: Actor, now: datetime, application: Application) -> None:
    """Give up a draft that was never sent: its code opens nothing any more."""
    if application.state != ApplicationState.DRAFT:
        raise refuse("incubation.not_writable", state=str(ApplicationState(application.state).label))
    with recorded(actor=actor, now=now):
        held = voiding(application, kind=KIND, actor=actor, now=now, reason=_("申请人放弃草稿"))
        settle(held, actor=actor, now=now)


def renew_secret(*, actor: Actor, now: datetime, application: Application) -> str:
    """Give an application a new code; the one before opens nothing any more. Whose it is, is the caller's question."""
    secret = new_secret()
    with changing(application, kind=KIND, actor=actor, now=now, action="secret_renewed") as row:
        row.secret_sha256 = secret_digest(secret)
    return secret


def _refuse_incomplete(rules: AdmissionRules, row: Application) -> None:
    missing = missing_answers(rules, full_answers(row, rules), files_of(row))
    if missing:
        reasons = [
            Finding(
                Level.PROBLEM,
                "incubation.answer_needed",
                {"label_zh": each.label.zh, "label_en": each.label.en},
                column=each.code,
            )
            for each in missing
        ]
        raise refuse("incubation.application_incomplete", *reasons, n=len(reasons))


def _check_writable(row: Application) -> None:
    if row.state not in WRITABLE:
        raise refuse("incubation.not_writable", state=str(ApplicationState(row.state).label))


def _refuse_too_many(row: Application, now: datetime) -> None:
    """Counted in the table, so that all processes count together; a few more at the same moment do no harm."""
    lately = Application.objects.filter(created_at__gt=now - WITHIN, origin=Origin.PUBLIC)
    mine = lately.filter(origin_digest=row.origin_digest).count() if row.origin_digest else 0
    if mine >= FROM_ONE or lately.filter(outpost=row.outpost).count() >= FROM_ALL:
        raise refuse("incubation.too_often", minutes=int(WITHIN.total_seconds() // 60))


def _codes(section: Section) -> set[str]:
    return {each.code for each in section.questions}


def _is_apart(section: Section, code: str) -> bool:
    return any(each.code == code and each.means in _APART for each in section.questions)


def _put_contact(row: Application, section: Section, answers: Mapping[str, Any]) -> None:
    """Put name and phone of the contact where they belong; a phone left blank stays as it was given."""
    for question in section.questions:
        value = answers.get(question.code)
        if question.means == "contact":
            row.contact_name = str(value or "")[:80]
        elif question.means == "phone" and value:
            row.phone_sealed = seal(str(value), context=f"{KIND}:{row.uid}")
            row.phone_masked = masked_phone(str(value))


def masked_phone(phone: str) -> str:
    """Return what of a number pages show: its last four digits.

    >>> masked_phone("139 0000 1234")
    '*******1234'
    """
    digits = "".join(each for each in phone if each.isdecimal())
    return "*" * (len(digits) - _SHOWN_DIGITS) + digits[-_SHOWN_DIGITS:]


def _put_names(row: Application, rules: AdmissionRules) -> None:
    """Repeat for lists what the application is about."""
    for column, means, length in (("applicant", "applicant", 160), ("one_line", "one_line", 300)):
        question = rules.meaning(means)
        value = row.answers.get(question.code) if question else None
        setattr(row, column, "" if value in {None, UNKNOWN} else str(value)[:length])
