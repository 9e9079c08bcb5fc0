"""Codes of identity: by which step somebody tried to sign in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInMethod(models.TextChoices):
    """What one attempt rested on.

    ``first_step`` is a right password (or SMS, or OIDC) with the second factor still to come: it neither signs in nor
    ends a row of failures. ``released`` is no attempt: somebody permitted to took a lock-out away.
    """

    PASSWORD = "password", _("密码")
    FIRST_STEP = "first_step", _("第一步通过，等待第二因素")
    SMS = "sms_code", _("短信验证码")
    OIDC = "oidc", _("统一身份认证")
    INVITATION = "invitation", _("邀请链接")
    TOTP = "totp", _("动态口令")
    RECOVERY = "recovery_code", _("恢复码")
    RELEASED = "released", _("解除锁定")


class SmsPurpose(models.TextChoices):
    """What a code by SMS is for."""

    SIGN_IN = "sign_in", _("登录")
    CONFIRM = "confirm_phone", _("确认手机号")
