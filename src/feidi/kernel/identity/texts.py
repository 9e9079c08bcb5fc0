"""The words for the codes of accounts and signing in."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "identity.login_malformed": Text(
        _("登录名“{login}”不合规"), _("用 2–59 个小写字母、数字或 . _ @ -，以字母或数字开头")
    ),
    "identity.login_taken": Text(_("登录名“{login}”已有人使用"), _("换一个登录名")),
    "identity.password_weak": Text(_("密码不符合要求"), _("至少 10 个字符，不要用常见密码、纯数字或与姓名相近的密码")),
    "identity.password_rule": Text("{rule}"),
    "identity.locked_out": Text(
        _("连续 {failures} 次登录失败，账户已锁定"), _("{minutes} 分钟后再试，或请管理员重设密码")
    ),
}
