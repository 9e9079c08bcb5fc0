"""The words for the codes of saved filters."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "saved_views.nobody": Text(_("没有登录"), _("登录后再保存")),
    "saved_views.name": Text(_("筛选名称“{name}”不能用"), _("写 1—{most} 个字，不以 @ 开头")),
    "saved_views.query_too_long": Text(_("筛选条件太长（最多 {most} 个字符）"), _("减少条件后再保存")),
    "saved_views.not_your_outpost": Text(_("只能共享给自己所在的驻点"), _("重新选择驻点，或只留给自己用")),
    "saved_views.too_many": Text(_("常用筛选已有 {most} 个"), _("先删去不用的")),
    "saved_views.not_yours": Text(_("“{name}”是别人保存的"), _("由保存的人删除，或另存一份")),
}
