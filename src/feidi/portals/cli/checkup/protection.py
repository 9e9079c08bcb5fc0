"""The self-check list of 等保二级 (GB/T 22239, level two): what this program can tell by itself, and what only people can.

A guide for the operator's own check, not an assessment: that is done by a licensed body.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from feidi.domain.parties.models import Membership
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.identity.models import User
from feidi.kernel.identity.services.signing_in import FAILURES_ALLOWED, WINDOW
from feidi.portals.cli.checkup.background import last_backup
from feidi.portals.cli.checkup.database import has_append_only_triggers
from feidi.portals.ui.clock import business_date

_LOG_DAYS = 180
_BACKUP_DAYS = 7
_IDLE_SECONDS = 30 * 60
_PASSWORD_LENGTH = 8


class Met(StrEnum):
    """How an item stands."""

    MET = "met"
    NOT_MET = "not_met"
    TO_CONFIRM = "to_confirm"


@dataclass(frozen=True, slots=True)
class Item:
    """One demand: its area and name as the standard says, how it stands, and how that was found out."""

    area: str
    name: str
    state: Met
    how: str


def _told(*, met: bool) -> Met:
    return Met.MET if met else Met.NOT_MET


def items(now: datetime) -> Iterator[Item]:
    """Yield the list in the standard's order."""
    yield from _identity()
    yield from _access(now)
    yield from _audit(now)
    yield from _data(now)
    yield from _people()


def _identity() -> Iterator[Item]:
    area = _("身份鉴别")
    validators: Sequence[Any] = settings.AUTH_PASSWORD_VALIDATORS
    length = max((each.get("OPTIONS", {}).get("min_length", 0) for each in validators), default=0)
    yield Item(
        area,
        _("口令复杂度"),
        _told(met=length >= _PASSWORD_LENGTH and len(validators) > 1),
        _("口令至少 {length} 位，另有 {rules} 条规则").format(length=length, rules=max(0, len(validators) - 1)),
    )
    pending = User.objects.filter(is_active=True, must_change_password=True).count()
    yield Item(
        area,
        _("首次登录修改口令、定期更换"),
        Met.TO_CONFIRM,
        _("{n} 个账号尚未修改首次口令；更换周期由管理制度规定").format(n=pending),
    )
    yield Item(
        area,
        _("登录失败处理"),
        Met.MET,
        _("{minutes} 分钟内失败 {n} 次即锁定 {minutes} 分钟").format(
            n=FAILURES_ALLOWED, minutes=int(WINDOW.total_seconds() // 60)
        ),
    )
    idle = int(settings.SESSION_COOKIE_AGE)
    yield Item(
        area,
        _("登录超时退出"),
        Met.MET if idle <= _IDLE_SECONDS else Met.TO_CONFIRM,
        _("会话 {minutes} 分钟后失效（FEIDI_SESSION_SECONDS），等保测评通常要求不超过 30 分钟").format(
            minutes=idle // 60
        ),
    )
    yield Item(
        area,
        _("鉴别信息防窃听"),
        _told(met=bool(settings.FEIDI_HTTPS)),
        _("FEIDI_HTTPS {state}").format(state=_("已启用") if settings.FEIDI_HTTPS else _("未启用")),
    )


def _access(now: datetime) -> Iterator[Item]:
    area = _("访问控制")
    today = business_date(now)
    holding = Membership.objects.filter(valid_from__lte=today, user__is_active=True).filter(
        Q(valid_to=None) | Q(valid_to__gt=today)
    )
    auditors = holding.filter(role="auditor").values("user").distinct().count()
    mixed = (
        holding.values("user")
        .annotate(all=Count("role", distinct=True), admin=Count("role", filter=Q(role="administrator")))
        .filter(admin__gt=0, all__gt=1)
        .count()
    )
    yield Item(area, _("按角色和范围授权，默认拒绝"), Met.MET, _("由程序保证，每个地址都有访问测试"))
    yield Item(
        area, _("管理用户权限分离"), _told(met=mixed == 0), _("{n} 个管理员账号兼有业务或审计角色").format(n=mixed)
    )
    yield Item(area, _("独立的审计账号"), _told(met=auditors > 0), _("在用审计账号 {n} 个").format(n=auditors))
    yield Item(
        area,
        _("删除多余、过期、共享账号"),
        Met.TO_CONFIRM,
        _("在用账号 {n} 个，用 feidi user list 逐一核对").format(n=User.objects.filter(is_active=True).count()),
    )


def _audit(now: datetime) -> Iterator[Item]:
    area = _("安全审计")
    whole = has_append_only_triggers()
    yield Item(area, _("覆盖每个用户的重要操作"), Met.MET, _("每次写入都在同一事务中留下审计记录"))
    yield Item(
        area,
        _("审计记录受保护"),
        _told(met=whole),
        _("数据库触发器拒绝修改和删除；完整性用 feidi audit verify 核对") if whole else _("触发器不在"),
    )
    first = AuditLink.objects.order_by("id").values_list("at", flat=True).first()
    days = (now - first).days if first else 0
    long_enough = Met.MET if days >= _LOG_DAYS else Met.TO_CONFIRM
    yield Item(
        area,
        _("日志留存不少于六个月"),
        long_enough if whole else Met.NOT_MET,
        _("审计记录从不删除，现有 {days} 天").format(days=days),
    )
    yield Item(area, _("时钟同步"), Met.TO_CONFIRM, _("请确认服务器启用了时间同步（如 chrony）"))


def _data(now: datetime) -> Iterator[Item]:
    area = _("数据安全")
    yield Item(area, _("联系方式加密存储"), Met.MET, _("AES-GCM，密钥不在数据库也不在备份中；查看留痕"))
    yield Item(area, _("上传文件检查"), Met.MET, _("按内容识别类型，限制大小，涉密标记拒收"))
    last = last_backup()
    recent = last is not None and now - last["at"] <= timedelta(days=_BACKUP_DAYS)
    yield Item(
        area,
        _("本地数据备份"),
        _told(met=recent),
        _("最近一次备份 {at}").format(at=f"{last['at']:%Y-%m-%d %H:%M}") if last else _("没有备份记录"),
    )
    yield Item(area, _("异地备份与恢复演练"), Met.TO_CONFIRM, _("请把备份传到异地，并用 feidi restore 演练后登记"))
    yield Item(
        area, _("密码应用（国密）"), Met.TO_CONFIRM, _("当前算法为 AES-GCM 与 SHA-256；政务项目须另做密码应用方案")
    )


def _people() -> Iterator[Item]:
    area = _("管理与备案")
    yield Item(area, _("定级备案"), Met.TO_CONFIRM, _("二级及以上须在三十日内向设区的市级公安机关备案"))
    yield Item(area, _("安全管理制度、负责人"), Met.TO_CONFIRM, _("由运营单位制定并留档"))
    yield Item(area, _("主机加固、恶意代码防范"), Met.TO_CONFIRM, _("由服务器运维单位负责"))
    yield Item(area, _("非涉密系统"), Met.TO_CONFIRM, _("不得存储、处理国家秘密；页面有提示，上传有检查"))
