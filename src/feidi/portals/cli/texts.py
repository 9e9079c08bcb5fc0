"""Texts of the command line's own codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "cli.user_unknown": Text(_("没有登录名为 {login} 的账号"), _("用 feidi user list 查看账号")),
    "cli.scope_unknown": Text(_("没有代码为 {code} 的驻点或地点"), _("请先载入内容（feidi content load）并核对代码")),
    "cli.password_needed": Text(_("没有给出密码"), _("请从标准输入给出（--password-stdin）")),
    "serve.not_migrated": Text(_("数据库尚未就绪，还有 {count} 项升级未执行"), _("请先运行 feidi migrate")),
    "cli.as_needed": Text(_("写入操作必须说明以谁的身份进行"), _("加 --as 登录名，或设环境变量 FEIDI_AS")),
    "cli.as_unknown": Text(_("没有可用的登录名“{login}”"), _("用 feidi user list 查看")),
    "cli.space_outpost": Text(_("没有找到驻点“{value}”，或没有可预订的房间"), _("用 --outpost 写明，可选：{known}")),
    "cli.space_zone": Text(_("没有可预订的功能区“{value}”"), _("可选：{known}")),
    "cli.space_moment": Text(_("时间“{value}”看不懂"), _("写 2026-11-24 或 2026-11-24T09:00")),
    "cli.not_found": Text(_("没有找到{what}“{value}”"), _("核对编号")),
}
