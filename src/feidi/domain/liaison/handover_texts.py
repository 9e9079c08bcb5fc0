"""Texts of handing work over."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

HANDOVER_TEXTS = {
    "liaison.handover_same": Text(_("移交人和接收人是同一个人"), _("选另一位接收人")),
    "liaison.handover_stranger": Text(_("{name} 在本驻点没有可办理业务的角色"), _("请管理员先添加角色，再移交")),
    "liaison.handover_nothing": Text(_("{name} 名下没有可移交的工作"), _("核对移交人")),
    "liaison.handover_moved": Text(_("清单已变化：预览时 {before} 项，现在 {after} 项"), _("重新看一遍清单再确认移交")),
    "liaison.handover_undone": Text(_("{number} 已于 {on} 由 {by} 撤销"), _("需要时重新办理移交")),
    "liaison.handover_kept": Text(_("{who} 于 {on} 改过")),
}
