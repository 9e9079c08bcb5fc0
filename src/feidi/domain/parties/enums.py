"""Codes of parties. Labels are Chinese source strings."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlaceKind(models.TextChoices):
    """How far up a place stands."""

    COUNTRY = "country", _("国家")
    PROVINCE = "province", _("省")
    CITY = "city", _("市")
    DISTRICT = "district", _("区县")
    TOWNSHIP = "township", _("镇街")
    ZONE = "zone", _("开发区")


class OrganizationKind(models.TextChoices):
    """What an organization is to the enclave; one may be several."""

    ENTERPRISE = "enterprise", _("企业")
    TEAM = "team", _("创新创业团队")
    PLATFORM = "platform", _("创新平台")
    FUND = "fund", _("基金")
    BANK = "bank", _("金融机构")
    GOVERNMENT = "government", _("政府部门")
    OPERATOR = "operator", _("运营单位")
    UNIVERSITY = "university", _("高校院所")
    SERVICE_PROVIDER = "service_provider", _("服务商")
    HOME_FIRM = "home_firm", _("本地企业")


class IdentifierScheme(models.TextChoices):
    """Who issued a number."""

    USCC = "uscc", _("统一社会信用代码")
    HK_BR = "hk_br", _("香港商业登记号")
    MO_REG = "mo_reg", _("澳门商业登记号")
    FOREIGN = "foreign", _("境外登记号")


class AliasKind(models.TextChoices):
    """Why an organization is also called so."""

    SHORT = "short", _("简称")
    FORMER = "former", _("曾用名")
    ENGLISH = "english", _("英文名")
    AS_WRITTEN = "as_written", _("台账写法")


class RelationKind(models.TextChoices):
    """How one organization relates to another."""

    CONTINUED_AS = "continued_as", _("延续为")
    BRANCH_OF = "branch_of", _("分支机构")
    SUBSIDIARY_OF = "subsidiary_of", _("子公司")


class PairKind(models.TextChoices):
    """Why two organizations may be one."""

    ALIKE = "alike", _("名称相近")
    NUMBER = "number", _("号码相同")


class PairState(models.TextChoices):
    """What was decided of a pair."""

    OPEN = "open", _("待处理")
    MERGED = "merged", _("已合并")
    NOT_SAME = "not_same", _("不是同一家")
    RELATED = "related", _("有关联，不是同一家")


class ContactKind(models.TextChoices):
    """Through what a person is reached."""

    PHONE = "phone", _("电话")
    EMAIL = "email", _("邮箱")
    WECHAT = "wechat", _("微信")


class FactSource(models.TextChoices):
    """Where a fact comes from."""

    LEDGER = "ledger", _("台账填报")
    STATED = "stated", _("本人填报")
    DOCUMENT = "document", _("文件")
    REGISTER = "register", _("公开登记")
    VISIT = "visit", _("现场查看")
