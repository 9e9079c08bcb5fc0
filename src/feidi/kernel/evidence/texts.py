"""Texts of the evidence's codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "evidence.nothing_handed_in": Text(_("“{label}”没有附文件，也没有写记录"), _("请上传文件，或写明登记号、凭证号等")),
    "evidence.file_voided": Text(_("“{label}”所附文件“{name}”已撤下"), _("请上传新的文件")),
    "evidence.file_not_yours": Text(_("“{label}”所附文件不属于本项目"), _("请在本项目下上传文件后提交")),
    "evidence.date_in_future": Text(_("“{label}”的日期 {date} 在今天之后"), _("请填写实际发生的日期")),
    "evidence.amount_without_currency": Text(_("“{label}”的金额没有币种"), _("请选择币种")),
    "evidence.replaces_only_returned": Text(
        _("“{label}”只能替换本项要求下已退回的材料"), _("未退回的材料请先撤回，或作为新材料提交")
    ),
    "evidence.already_replaced": Text(_("“{label}”这份退回的材料已重新提交过"), _("请在最新一份上继续")),
    "evidence.withdraw_needs_reason": Text(_("撤回“{label}”要写理由")),
    "evidence.withdraw_not_yours": Text(
        _("“{label}”由 {submitter} 提交，只有本人可以撤回"), _("请联系提交人，或由核验人退回")
    ),
    "evidence.withdrawn": Text(_("“{label}”的这份材料已被撤回"), _("请刷新页面查看最新材料")),
    "evidence.already_accepted": Text(_("“{label}”的这份材料已由 {reviewer} 采信"), _("请刷新页面")),
    "evidence.already_returned": Text(_("“{label}”的这份材料已由 {reviewer} 退回"), _("请等待重新提交")),
    "evidence.return_needs_reason": Text(_("退回“{label}”要写明原因"), _("写清哪里不对、要补什么")),
    "evidence.reviewer_unknown": Text(_("“{label}”须由具名的核验人决定"), _("请用本人账号登录后操作")),
    "evidence.own_item": Text(_("“{label}”是您本人提交的，不能由您采信或退回"), _("请由另一位核验人办理")),
    "evidence.reviewer_has_part": Text(
        _("{reviewer} 是本项目的负责人或经办人，不能采信或退回“{label}”"), _("请由与本项目无关的核验人办理")
    ),
    "evidence.not_found": Text(_("找不到这份材料"), _("它可能已撤回，或不在您的可见范围")),
    "evidence.requirement_not_found": Text(_("没有“{kind}”这项材料要求"), _("请刷新页面查看当前要求")),
}
