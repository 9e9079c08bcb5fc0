"""The words for the codes of assigning many projects at once."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_ASSIGNING = {
    "pipeline.plaque_unknown": Text(_("没有“{value}”这块牌子"), _("从本驻点的牌子里选：{known}")),
    "pipeline.assign_none": Text(_("没有选中项目"), _("在列表里勾选，或放宽筛选条件")),
    "pipeline.assign_too_many": Text(_("一次最多指派 {limit} 个项目"), _("缩小筛选范围，分几次办理")),
    "pipeline.assign_stranger": Text(_("{name} 不是其中某个驻点的人员"), _("按驻点分开指派，或先给该同事角色")),
    "pipeline.assign_not_yours": Text(_("没有您可以撤销的批量指派"), _("只有办理的人可以撤销")),
    "pipeline.assign_nothing_to_undo": Text(_("这些项目后来都另行指派过，没有可以退回的"), _("需要时逐个改责任人")),
    "pipeline.assigned_since": Text(_("{code} {name} 现在由 {owner} 负责")),
}
