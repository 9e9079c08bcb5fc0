"""Which rows belong to a home, table by table, and how they are written: one JSON object per line.

Every table stands in ``OWNED``, ``SHARED``, ``HANGING`` or ``LEFT_OUT``; a test holds that against the models.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any

from django.apps import apps
from django.db.models import BinaryField, Field, JSONField, Model, Q, QuerySet

from feidi.domain.parties.models import Outpost, Place
from feidi.kernel.audit import audited_kinds
from feidi.kernel.audit.canonical import plain
from feidi.kernel.sealing import UnreadableError, unseal
from feidi.kernel.subjects import registered_kinds

#: Table → the way from its rows to the outpost whose they are.
OWNED: dict[str, str] = {
    **dict.fromkeys(
        (
            "parties.Plaque", "parties.OrganizationLink", "parties.OrganizationRelation", "parties.Person",
            "parties.ContactPoint", "parties.OrganizationTitle", "parties.StandIn", "parties.Fact",
            "space.HeadLease", "pipeline.Project", "parties.NumberSeries", "pipeline.RecheckRound",
            "pipeline.Submission", "pipeline.Target", "liaison.Ceremony", "liaison.WorkHandover",
            "liaison.Instruction", "liaison.Coordination", "liaison.Meeting", "liaison.ActionPlan", "liaison.Trip",
            "liaison.WalkIn", "reporting.OperatingContract", "reporting.BoundForm", "reporting.IssuedPaper",
            "reporting.DefinitionSheet", "policy.Checkup", "policy.ClauseStanding", "policy.StandingChange",
            "policy.PolicyClaim", "matching.Profile", "matching.WeightSet", "matching.CandidateList",
            "matching.MatchmakingDay", "matching.Introduction", "matching.IndustryTable",
            "space.Floor", "space.Zone", "space.Unit", "space.Blocking", "space.BookingSeries", "space.Booking",
            "space.WaitingEntry", "space.Visitor",
            "matching.FlowTable", "playbook.PlaybookRun",
            "reporting.FlowEntry", "reporting.FlowSetAside", "reporting.WallScene", "reporting.WallMap",
            "reporting.WallScreen", "reporting.ReportPlan", "reporting.Report", "reporting.ClosedPeriod",
            "reporting.ReportDelivery", "reporting.IndicatorChoice", "roadshow.Activity", "roadshow.Roadshow", "showcase.Sheet", "showcase.Picture",
            "showcase.Publication", "showcase.HallVisit", "showcase.Inquiry", "showcase.MediaReport",
        ),
        "outpost",
    ),
    **dict.fromkeys(
        (
            "pipeline.ProjectParty", "pipeline.Agreement", "pipeline.FirstReport", "pipeline.Interaction",
            "pipeline.LandingCase", "pipeline.StageLog", "pipeline.ProjectCondition", "pipeline.Gap",
            "pipeline.DiligenceCheck", "pipeline.ProjectPlaque",
        ),
        "project__outpost",
    ),
    **dict.fromkeys(
        ("pipeline.Commitment", "pipeline.BenefitTerm", "pipeline.ClauseReview"), "agreement__project__outpost"
    ),
    "pipeline.BenefitSettlement": "term__agreement__project__outpost",
    "pipeline.FirstReportEntry": "first_report__project__outpost",
    "pipeline.FirstReportDispute": "left__project__outpost",
    "pipeline.LandingRecheck": "case__project__outpost",
    "pipeline.SubmissionRow": "submission__outpost",
    "liaison.CeremonyItem": "ceremony__outpost",
    "liaison.WorkHandoverItem": "handover__outpost",
    "liaison.InstructionUrge": "instruction__outpost",
    "liaison.AgendaItem": "meeting__outpost",
    "liaison.Decision": "meeting__outpost",
    "liaison.PlanTask": "plan__outpost",
    "liaison.PlanProgress": "task__plan__outpost",
    "liaison.PlanLink": "task__plan__outpost",
    "liaison.TripMember": "trip__outpost",
    "liaison.TripStop": "trip__outpost",
    **dict.fromkeys(
        (
            "reporting.BudgetLine", "reporting.ActualCost", "reporting.PaymentNode", "reporting.PromisedResource",
            "reporting.Indicator", "reporting.AssessmentSheet",
        ),
        "contract__outpost",
    ),
    "reporting.ResourceUse": "resource__contract__outpost",
    "reporting.IndicatorScore": "sheet__contract__outpost",
    "reporting.AssessmentCorrection": "sheet__contract__outpost",
    "reporting.FormFilling": "form__outpost",
    "reporting.ReportFile": "report__outpost",
    "reporting.ReportReceipt": "delivery__outpost",
    "policy.PolicyClaimEntry": "claim__outpost",
    **dict.fromkeys(
        (
            "matching.NeedSheet", "matching.ProfileBlock", "matching.ProfileReading",
            "matching.ConfidentialityAgreement", "matching.PositionNeed",
        ),
        "profile__outpost",
    ),
    **dict.fromkeys(("playbook.RunStep", "playbook.RunEntry"), "run__outpost"),
    **dict.fromkeys(
        (
            "incubation.Application", "incubation.Tenancy", "incubation.TenantOutcome", "incubation.Mentor", "incubation.YearSnapshot",
            "incubation.LabEntry",
        ),
        "outpost",
    ),
    **dict.fromkeys(
        (
            "incubation.TenancyUnit", "incubation.TenancyTerm", "incubation.Charge", "incubation.SecondedPerson",
            "incubation.ResearchTopic", "incubation.Milestone", "incubation.PeriodReport", "incubation.TenantVisit",
            "incubation.ServiceRequest", "incubation.ExitReview", "incubation.LabUse",
        ),
        "tenancy__outpost",
    ),
    **dict.fromkeys(
        (
            "incubation.ApplicationStep", "incubation.ApplicationFile", "incubation.FirstAnswer", "incubation.Review",
        ),
        "application__outpost",
    ),
    "incubation.ReviewSeat": "review__application__outpost",
    "incubation.Receipt": "charge__tenancy__outpost",
    "incubation.MentorHour": "mentor__outpost",
    "matching.CandidateRow": "candidate_list__outpost",
    **dict.fromkeys(
        (
            "matching.IntroductionLog", "matching.IntroductionMeeting", "matching.Trial",
            "matching.IntroductionOutcome",
        ),
        "introduction__outpost",
    ),
    "matching.IndustryCell": "table__outpost",
    "space.Occupation": "unit__outpost",
    **dict.fromkeys(
        (
            "talent.ProcessingAgreement", "talent.Talent", "talent.Position",
            "talent.GreenCase",
        ),
        "outpost",
    ),
    **dict.fromkeys(
        (
            "talent.Consent", "talent.Disclosure", "talent.DataRequest", "talent.ClassRuling",
            "talent.FlexibleContract",
        ),
        "talent__outpost",
    ),
    **dict.fromkeys(("talent.PresenceMonth", "talent.BenefitAcceptance"), "contract__talent__outpost"),
    **dict.fromkeys(("talent.GreenItem", "talent.ClockPause"), "case__outpost"),
    "talent.HandOff": "item__case__outpost",
    "matching.FlowCell": "table__outpost",
    **dict.fromkeys(
        ("roadshow.ProgrammeItem", "roadshow.Registration", "roadshow.CheckIn", "roadshow.ActivityMeeting"),
        "activity__outpost",
    ),
    "roadshow.ActivityTalk": "interaction__project__outpost",
    **dict.fromkeys(("roadshow.Round", "roadshow.Judge"), "roadshow__outpost"),
    **dict.fromkeys(("roadshow.Entry", "roadshow.Seal"), "round__roadshow__outpost"),
    **dict.fromkeys(
        ("roadshow.Recusal", "roadshow.Assignment", "roadshow.Sheet", "roadshow.Interest"),
        "entry__round__roadshow__outpost",
    ),
    "roadshow.SheetSave": "sheet__entry__round__roadshow__outpost",
    "showcase.Release": "sheet__outpost",
    "showcase.Edition": "publication__outpost",
    "showcase.EditionStep": "edition__publication__outpost",
    **dict.fromkeys(("showcase.HallVisitor", "showcase.HallStop"), "visit__outpost"),
    # the kernel knows an outpost by its number alone
    **dict.fromkeys(("feedback.Ask", "feedback.FollowUp", "feedback.Complaint"), "scope_outpost"),
    "feedback.Answer": "ask__scope_outpost",
}  # fmt: skip
#: Tables found otherwise: the way to the outpost that knows a shared row (one row, several outposts), or a rule below.
SHARED: dict[str, str] = {
    "parties.Organization": "links__outpost",
    "parties.OrganizationKindOf": "organization__links__outpost",
    "parties.OrganizationIdentifier": "organization__links__outpost",
    "parties.OrganizationAlias": "organization__links__outpost",
    "parties.OrganizationIndustry": "organization__links__outpost",
    "showcase.Product": "organization__links__outpost",
    "parties.OrganizationPair": "",
    "parties.Place": "",
    "parties.Outpost": "",
    "parties.Membership": "",
    "identity.User": "",
    "content.ContentRevision": "",
    "content.ContentProposal": "",
    "reporting.DataHandover": "",
}
#: Rows that hang on other rows, in this order: by their subject, or by the row they belong to.
HANGING: dict[str, str] = {
    "files.StoredFile": "",
    "evidence.EvidenceRequirement": "",
    "evidence.EvidenceItem": "requirement",
    "deadlines.Deadline": "",
    "todos.Todo": "",
    "documents.PrintedForm": "",
    "documents.SignedCopy": "form",
    "imports.ImportBatch": "",
}
#: Tables that stay, and why.
LEFT_OUT: dict[str, str] = {
    "audit.AuditLink": "在 审计/ 中，另附核验程序",
    "audit.AuditEntry": "在 审计/ 中，另附核验程序",
    "identity.SignInAttempt": "登录记录属于系统运行，不是业务数据",
    "identity.ExternalIdentity": "登录凭据不移交",
    "identity.Invitation": "登录凭据不移交",
    "identity.Phone": "登录凭据不移交",
    "identity.SmsCode": "登录凭据不移交",
    "identity.Totp": "登录凭据不移交",
    "identity.RecoveryCode": "登录凭据不移交",
    "calendar.HolidayNotice": "全国公开内容",
    "calendar.SpecialDay": "全国公开内容",
    "policy.ClauseVerification": "对公开政策条款的核对记录，不属于某一委托方",
    "notify.Mail": "发出的邮件是系统运行记录，正文发出即忘",
    "notify.Subscription": "个人自己的订阅",
    "notify.Robot": "群机器人的地址和密钥属于运营方的群，不移交",
    "notify.RobotMessage": "发出的群消息是系统运行记录，正文发出即忘",
    "jobs.Job": "系统运行记录",
    "jobs.Process": "系统运行记录",
    "jobs.Schedule": "系统运行记录",
    "imports.MappingMemory": "导入时的列名记忆，不是业务数据",
    "imports.ImportRow": "导入的中间行；原台账文件在 附件/ 中，结果在各表中",
    "search.SearchEntry": "由数据生成的索引",
    "parties.NameKey": "由数据生成的索引",
    "space.LedgerPage": "由占用台账生成的副本",
    "parties.OrganizationMerge": "合并的撤销底稿可能含其他委托方的行；合并的结果在单位各表中",
    "saved_views.SavedView": "个人的列表设置",
    "feedback.ComplaintNumber": "编号的计数，编号本身在投诉台账中",
    "showcase.CheckupCount": "访客一小时内体检几次的计数，过一小时即删",
    "space.CalendarFeed": "日历链接属于系统运行，不移交",
}
#: What opens something, or lets a value be guessed, is not written.
_SECRET = frozenset(
    {
        "blind_index",
        "paper_index",
        "phone_index",
        "mail_index",
        "person_index",
        "recipients_enc",
        "token_sha256",
        "secret_sha256",
        "origin_digest",
        "door_token_sha256",
        "token",
        "password",
        "session_epoch",
        "last_login",
    }
)
#: Sealed columns: table → (column, name of the value in the package, context of the seal with the row's uid) each.
_SEALED: dict[str, tuple[tuple[str, str, str], ...]] = {
    "parties.ContactPoint": (("value_enc", "value", "parties.contact_point:{uid}"),),
    "liaison.WalkIn": (("phone_enc", "phone", "liaison.walk_in:{uid}"),),
    "space.Visitor": (("name_enc", "name", "space.visitor:{uid}"),),
    "talent.Talent": (("private_enc", "paper_number", "talent.talent:{uid}"),),
    "talent.GreenItem": (("child_enc", "child", "talent.green_item:{uid}"),),
    "incubation.Application": (("phone_sealed", "phone", "incubation.application:{uid}"),),
    "roadshow.Registration": (
        ("phone_enc", "phone", "roadshow.registration:{uid}:phone"),
        ("mail_enc", "mail", "roadshow.registration:{uid}:mail"),
    ),
    "showcase.Inquiry": (("contact_enc", "contact", "showcase.inquiry:{uid}"),),
    "showcase.HallVisit": (("contact_enc", "contact", "showcase.hall_visit:{uid}"),),
    "feedback.Ask": (("to_enc", "to", "feedback.ask:{uid}"),),
    "feedback.Answer": (("words_enc", "words", "feedback.answer:{uid}"),),
    "feedback.Complaint": (
        ("words_enc", "words", "feedback.complaint:{uid}:words"),
        ("who_enc", "who", "feedback.complaint:{uid}:who"),
    ),
}
_SOME = 400


@dataclass
class Extent:
    """What belongs to a home: its outposts, and the rows written so far (table → keys, subject kind → uids)."""

    home: Place
    outposts: tuple[int, ...]
    keys: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    uids: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def note(self, label: str, key: int, uid: str | None) -> None:
        """Remember a row that was written."""
        self.keys[label].add(key)
        if uid:
            for kind in _kinds().get(label, ()):
                self.uids[kind].add(uid)


def labels() -> list[str]:
    """Return the tables of a package in the order in which they are written."""
    return [*OWNED, *SHARED, *HANGING]


def extent_of(home: Place) -> Extent:
    """Return the extent of a home before anything is written."""
    return Extent(home, tuple(Outpost.objects.filter(home=home).order_by("id").values_list("pk", flat=True)))


def write_table(extent: Extent, label: str, out: IO[bytes], *, opened: bool) -> int:
    """Write one table as JSON lines; returns the number of rows. ``opened``: sealed values in clear, else their hint."""
    model = apps.get_model(label)
    columns = columns_of(model)
    sealed = _SEALED.get(label, ()) if opened else ()
    count = 0
    for row in _rows(extent, label, model):
        told = {each.attname: _value(each, getattr(row, each.attname)) for each in columns}
        for column, name, context in sealed:
            told[name] = _opened(row, column, context)
        out.write(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")
        extent.note(label, row.pk, getattr(row, "uid", None))
        count += 1
    return count


def columns_of(model: type[Model]) -> list[Field[Any, Any]]:
    """Return the columns that are written: neither sealed bytes nor what opens something."""
    return [
        each
        for each in model._meta.concrete_fields
        if not isinstance(each, BinaryField) and each.name not in _SECRET and not each.generated
    ]


def _value(column: Field[Any, Any], value: Any) -> Any:
    return value if isinstance(column, JSONField) else plain(value)


def _opened(row: Any, column: str, context: str) -> str | None:
    raw = getattr(row, column)
    if not raw:
        return None
    try:
        return unseal(raw, context=context.format(uid=row.uid))
    except UnreadableError:
        return None


def _rows(extent: Extent, label: str, model: type[Model]) -> Iterator[Any]:
    rows: QuerySet[Any] = model._base_manager.order_by("pk")
    if label in OWNED:
        yield from rows.filter(**{f"{OWNED[label]}__in": extent.outposts}).iterator(2000)
    elif label in HANGING:
        yield from _hanging(extent, label, rows)
    elif SHARED[label]:
        known = rows.filter(**{f"{SHARED[label]}__in": extent.outposts})
        yield from rows.filter(pk__in=known.values("pk")).iterator(2000)
    else:
        yield from rows.filter(_rule(extent, label)).iterator(2000)


def _rule(extent: Extent, label: str) -> Q:
    held = Q(outpost__in=extent.outposts) | Q(home=extent.home)
    known = apps.get_model("parties.OrganizationLink")._base_manager.filter(outpost__in=extent.outposts)
    both = Q(left__in=known.values("organization_id"), right__in=known.values("organization_id"))
    rules = {
        "parties.Place": lambda: Q(pk=extent.home.pk) | Q(outposts_hosted__in=extent.outposts),
        # a pair found by another home's people is theirs, though both firms are known here
        "parties.OrganizationPair": lambda: Q(found_in__in=extent.outposts) | Q(both, found_in__isnull=True),
        "parties.Outpost": lambda: Q(pk__in=extent.outposts),
        "parties.Membership": lambda: held,
        "identity.User": lambda: Q(
            pk__in=apps.get_model("parties.Membership")._base_manager.filter(held).values("user_id")
        ),
        "content.ContentRevision": lambda: Q(place=extent.home.code),
        "content.ContentProposal": lambda: Q(place=extent.home.code),
        "reporting.DataHandover": lambda: Q(home=extent.home),
    }
    return rules[label]()


def _hanging(extent: Extent, label: str, rows: QuerySet[Any]) -> Iterator[Any]:
    if HANGING[label]:
        parent = HANGING[label]
        above = rows.model._meta.get_field(parent).related_model._meta.label
        for keys in _chunks(sorted(extent.keys[above])):
            yield from rows.filter(**{f"{parent}__in": keys}).iterator(2000)
        return
    for kind in sorted(extent.uids):
        for uids in _chunks(sorted(extent.uids[kind])):
            yield from rows.filter(subject_kind=kind, subject_uid__in=uids).iterator(2000)


def _chunks(values: list[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _SOME):
        yield values[start : start + _SOME]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for subject in registered_kinds():
        found[subject.model].add(subject.kind)
    for audited in audited_kinds():
        found[audited.model].add(audited.kind)
    return found
