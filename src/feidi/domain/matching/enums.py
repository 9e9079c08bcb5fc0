"""Codes of matching. Labels are Chinese source strings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Side(models.TextChoices):
    """Who looks and who has."""

    NEED = "need", _("需求")
    OFFER = "offer", _("供给")


class ProfileKind(models.TextChoices):
    """What is needed or offered. Which kinds of offer answer which kind of need is content (``enclave/matching.yaml``)."""

    TECHNOLOGY = "technology", _("技术")
    TALENT = "talent", _("人才")
    PILOT = "pilot", _("中试")
    CAPITAL = "capital", _("资本")
    CHANNEL = "channel", _("渠道")
    SPACE = "space", _("场地")
    PROCUREMENT = "procurement", _("采购配套")
    PROJECT = "project", _("项目")
    EQUIPMENT = "equipment", _("实验室与设备")
    FINANCE_PRODUCT = "finance_product", _("金融产品")
    SERVICE = "service", _("服务商")
    PLANT = "plant", _("厂房")
    PARK = "park", _("园区")
    LAND = "land", _("用地")


#: What a need may be of; the rest are offers only.
NEED_KINDS = (
    ProfileKind.TECHNOLOGY,
    ProfileKind.TALENT,
    ProfileKind.PILOT,
    ProfileKind.CAPITAL,
    ProfileKind.CHANNEL,
    ProfileKind.SPACE,
    ProfileKind.PROCUREMENT,
)


class ProfileState(models.TextChoices):
    """Where a profile stands. Expired is computed, never stored."""

    DRAFT = "draft", _("草稿")
    OPEN = "open", _("有效")
    PAUSED = "paused", _("暂停")
    CLOSED = "closed", _("已了结")


class Confidentiality(models.TextChoices):
    """What the other side may read before names are shown."""

    OPEN = "open", _("可公开单位名称")
    MASKED = "masked", _("只给脱敏文本")
    NDA = "nda", _("签保密协议后给完整文本")


class TaggedBy(models.TextChoices):
    """Who put a text to its node of a chain."""

    MACHINE = "machine", _("自动归类，待确认")
    PERSON = "person", _("人工确认")


class Ripeness(models.TextChoices):
    """How far a technology or project is. The order is the order of the stages."""

    IDEA = "idea", _("概念")
    PROTOTYPE = "prototype", _("样机")
    PILOT = "pilot", _("中试")
    SERIES = "series", _("量产")
    SALES = "sales", _("规模销售")


class Round(models.TextChoices):
    """The round of financing looked for or invested in, in order."""

    SEED = "seed", _("种子轮")
    ANGEL = "angel", _("天使轮")
    A = "a", _("A轮")
    B = "b", _("B轮")
    C = "c", _("C轮及以后")


class Viewed(models.TextChoices):
    """Which version of a profile somebody read."""

    MASKED = "masked", _("脱敏文本")
    FULL = "full", _("完整文本")
    IDENTITY = "identity", _("单位名称")


class ListState(models.TextChoices):
    """Where a list of candidates stands."""

    SHOWN = "shown", _("待核对")
    CHECKED = "checked", _("已核对")
    SENT = "sent", _("已发出")


class Verdict(models.TextChoices):
    """What the side that asked said of a candidate."""

    NONE = "none", _("未答复")
    ACCEPTED = "accepted", _("愿意见")
    DECLINED = "declined", _("不合适")
    LATER = "later", _("以后再说")


class DeclineReason(models.TextChoices):
    """Why a candidate was declined."""

    WRONG_FIELD = "wrong_field", _("方向不对")
    TOO_EARLY = "too_early", _("成熟度不够")
    TOO_DEAR = "too_dear", _("价格不合适")
    TOO_FAR = "too_far", _("地点不合适")
    KNOWN = "known", _("已有往来")
    RIVAL = "rival", _("有竞争关系")
    SOLVED = "solved", _("已自行解决")
    OTHER = "other", _("其他")


class Channel(models.TextChoices):
    """How an introduction came about."""

    LIST = "list", _("系统候选")
    OFFICER = "officer", _("专员推荐")
    ACTIVITY = "activity", _("活动结识")
    SELF = "self", _("企业自荐")


class IntroductionState(models.TextChoices):
    """How far an introduction is."""

    INTERESTED = "interested", _("表达意向")
    AGREED = "agreed", _("双方同意")
    REVEALED = "revealed", _("已互见单位")
    MET = "met", _("已会面")
    TRYING = "trying", _("试验合作中")
    CONCLUDED = "concluded", _("已达成")
    ENDED = "ended", _("已终止")


class NextDecision(models.TextChoices):
    """What is done after a trial."""

    WIDEN = "widen", _("扩大")
    CHANGE = "change", _("修改后再试")
    STOP = "stop", _("终止")


class OutcomeKind(models.TextChoices):
    """What came of an introduction."""

    TECHNOLOGY_CONTRACT = "technology_contract", _("技术合同")
    JOINT_RD = "joint_rd", _("联合研发")
    ORDER = "order", _("订单")
    INVESTMENT = "investment", _("投资")
    CREDIT = "credit", _("授信或放款")
    HIRE = "hire", _("引进人才")
    SITE = "site", _("场地落实")
    DONE_WITHOUT = "done_without", _("自行解决")
    NOT_REACHABLE = "not_reachable", _("联系不上")


class TechnologyContractKind(models.TextChoices):
    """Kinds of a technology contract as they are registered."""

    DEVELOPMENT = "development", _("技术开发")
    TRANSFER = "transfer", _("技术转让")
    LICENCE = "licence", _("技术许可")
    CONSULTING = "consulting", _("技术咨询")
    SERVICE = "service", _("技术服务")


class TableLevel(models.TextChoices):
    """For how large an area the figures of an industry table stand."""

    CITY = "city", _("市级")
    DISTRICT = "district", _("区级")
