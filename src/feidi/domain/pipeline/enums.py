"""Codes of the pipeline. Stage codes are named by KPIs and therefore live here; their order,
labels, guards and clocks are content.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Track(models.TextChoices):
    """The three tracks of a project."""

    TALKS = "talks", _("洽谈")
    HOST = "host", _("驻点")
    HOME = "home", _("落地")


class Stage(models.TextChoices):
    """Every stage of every track; a place uses those its content names."""

    LEAD = "lead", _("线索登记")
    SCREENING = "screening", _("线索研判")
    NEGOTIATING = "negotiating", _("洽谈对接")
    INSPECTING = "inspecting", _("考察尽调")
    ASSESSING = "assessing", _("项目评估")
    KEY = "key", _("重点培育")
    AGREEING = "agreeing", _("商务谈判")
    SIGNED = "signed", _("签约")
    ADMITTED = "admitted", _("入驻")
    INCUBATING = "incubating", _("入孵培育")
    ACCELERATING = "accelerating", _("加速")
    GRADUATED = "graduated", _("毕业")
    LEFT = "left", _("退出")
    PREPARING = "preparing", _("落地筹备")
    REGISTERED = "registered", _("注册落户")
    SITE = "site", _("场地落实")
    STARTED = "started", _("开工")
    PRODUCING = "producing", _("投产")
    REACHED = "reached", _("达产达效")


TRACK_STAGES: dict[Track, tuple[Stage, ...]] = {
    Track.TALKS: (
        Stage.LEAD,
        Stage.SCREENING,
        Stage.NEGOTIATING,
        Stage.INSPECTING,
        Stage.ASSESSING,
        Stage.KEY,
        Stage.AGREEING,
        Stage.SIGNED,
    ),
    Track.HOST: (Stage.ADMITTED, Stage.INCUBATING, Stage.ACCELERATING, Stage.GRADUATED, Stage.LEFT),
    Track.HOME: (Stage.PREPARING, Stage.REGISTERED, Stage.SITE, Stage.STARTED, Stage.PRODUCING, Stage.REACHED),
}


class ProjectKind(models.TextChoices):
    """What kind of project it is."""

    ENTERPRISE = "enterprise", _("企业")
    TEAM = "team", _("团队")
    PLATFORM = "platform", _("平台")
    TALENT = "talent", _("人才")
    FUND = "fund", _("基金")


class PartyRole(models.TextChoices):
    """What a party is to a project."""

    SPONSOR = "sponsor", _("投资方/团队")
    TEAM = "team", _("团队")
    HOST_ENTITY = "host_entity", _("驻点主体")
    HOME_ENTITY = "home_entity", _("落户企业")
    REFERRER = "referrer", _("引荐人")
    REPORTER = "reporter", _("首报单位")
    INVESTOR = "investor", _("投资人")
    CONTACT = "contact", _("联系人")


class ConditionCode(models.TextChoices):
    """Conditions laid over a project, whatever its stages."""

    PAUSED = "paused", _("暂缓推进")
    HANDED_OVER = "handed_over", _("流转")
    LOST = "lost", _("终止洽谈")
    REJECTED = "rejected", _("不再跟进")
    WITHDRAWN = "withdrawn", _("撤资")
    RELOCATED = "relocated", _("迁出")
    DEREGISTERED = "deregistered", _("注销")
    UNREACHABLE = "unreachable", _("失联")


class InteractionKind(models.TextChoices):
    """How we met."""

    CALL = "call", _("电话")
    MESSAGE = "message", _("微信/邮件")
    MEETING = "meeting", _("会议")
    VISIT_OUT = "visit_out", _("走访")
    VISIT_IN = "visit_in", _("来访")
    RECEPTION = "reception", _("接待")
    OUTREACH = "outreach", _("外出招商")
    NOTE = "note", _("记录")


class AgreementKind(models.TextChoices):
    """What was signed. Only a contract counts as signed investment; framework and intent stand apart."""

    FRAMEWORK = "framework", _("框架协议")
    INTENT = "intent", _("意向协议")
    CONTRACT = "contract", _("投资合同")
    TENANCY = "tenancy", _("入驻协议")


class SigningMethod(models.TextChoices):
    """On paper or with an electronic seal."""

    PAPER = "paper", _("纸质")
    ELECTRONIC = "electronic", _("电子签章")


class Counting(models.TextChoices):
    """Whether and how an agreement's amount counts."""

    FIRST = "first", _("计入：首次签约")
    INCREMENT = "increment", _("计入：仅增资额")
    NEW_INVESTOR = "new_investor", _("计入：更换投资方")
    ALREADY = "already", _("不计入：此前已首次签约")
    APART = "apart", _("单列：框架或意向")
    TENANCY = "tenancy", _("单列：入驻协议")


class LandingState(models.TextChoices):
    """Where a landing case stands."""

    DRAFT = "draft", _("准备中")
    SUBMITTED = "submitted", _("待核验")
    RETURNED = "returned", _("已退回")
    VERIFIED = "verified", _("经核验落地")
    REVOKED = "revoked", _("已撤销")


class InteractionSource(models.TextChoices):
    """Whether an entry was typed here or read out of a ledger cell."""

    TYPED = "typed", _("录入")
    LEDGER = "ledger", _("台账")


class FirstReportState(models.TextChoices):
    """Where a first report stands."""

    CLAIMED = "claimed", _("已首报")
    CHECKED = "checked", _("已查重")
    GRANTED = "granted", _("首谈权有效")
    LAPSED = "lapsed", _("首谈权失效")
    TRANSFERRED = "transferred", _("已流转")
    FULFILLED = "fulfilled", _("已签约")
    DISPUTED = "disputed", _("有争议")
    REFUSED = "refused", _("未认定")


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "open", _("待裁定")
    RULED = "ruled", _("已裁定")
    WITHDRAWN = "withdrawn", _("已撤回")


class TargetState(models.TextChoices):
    """How far a targeted firm was reached."""

    NOT_YET = "not_yet", _("未接触")
    CONTACTED = "contacted", _("已接触")
    TALKING = "talking", _("在谈")
    DECLINED = "declined", _("无意向")
    DROPPED = "dropped", _("不再跟踪")


class DiligenceResult(models.TextChoices):
    """What looking at a source gave."""

    CLEAN = "clean", _("未见异常")
    FINDING = "finding", _("有异常")
    NOT_FOUND = "not_found", _("查无信息")
    PENDING = "pending", _("待查")


class CommitmentSide(models.TextChoices):
    """Whose promise it is."""

    INVESTOR = "investor", _("投资方")
    HOME = "home", _("主办方")
    OPERATOR = "operator", _("运营单位")


class CommitmentKind(models.TextChoices):
    """What is promised."""

    INVESTMENT = "investment", _("投资额")
    PAID_IN = "paid_in", _("实缴资本")
    OUTPUT = "output", _("产值")
    JOBS = "jobs", _("用工")
    RESEARCH = "research", _("研发投入")
    START = "start", _("开工时间")
    PRODUCTION = "production", _("投产时间")
    SITE = "site", _("场地")
    SUPPORT = "support", _("扶持")
    OTHER = "other", _("其他")


class ClauseDecision(models.TextChoices):
    """What a person decided of a clause that was pointed at."""

    OPEN = "open", _("待审")
    HARMLESS = "harmless", _("无问题")
    TO_AMEND = "to_amend", _("需修改")
    AMENDED = "amended", _("已修改")


class RecheckAnswer(models.TextChoices):
    """Whether a landing is still there."""

    THERE = "there", _("在")
    GONE = "gone", _("不在")
    UNCLEAR = "unclear", _("不清楚")


class SubmissionKind(models.TextChoices):
    """Why a batch was sent."""

    REGULAR = "regular", _("定期报送")
    LANDING = "landing", _("落地核验")
    CORRECTION = "correction", _("更正")
