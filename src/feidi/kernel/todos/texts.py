"""Texts of the to-dos' codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "todos.says_nothing": Text(_("待办没有写内容"), _("请写明要做什么")),
    "todos.already_done": Text(_("“{what}”已由 {by} 完成")),
    "todos.not_done": Text(_("“{what}”还没有完成，不用恢复")),
    "todos.void_needs_reason": Text(_("取消“{what}”要写理由")),
    "todos.not_yours": Text(_("“{what}”不是您的待办"), _("请由负责人办理，或请其转交")),
    "todos.voided": Text(_("“{what}”已取消：{reason}")),
    "todos.not_found": Text(_("找不到这条待办"), _("它可能不在您的可见范围")),
}
