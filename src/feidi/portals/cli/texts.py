"""Texts of the command line's own codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "cli.user_unknown": Text(_("没有登录名为 {login} 的账号"), _("用 feidi user list 查看账号")),
    "cli.scope_unknown": Text(_("没有代码为 {code} 的驻点或地点"), _("请先载入内容（feidi content load）并核对代码")),
    "cli.password_needed": Text(_("没有给出密码"), _("请从标准输入给出（--password-stdin）")),
    "serve.not_migrated": Text(_("数据库尚未就绪，还有 {count} 项升级未执行"), _("请先运行 feidi migrate")),
}
