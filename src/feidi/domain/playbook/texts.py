"""Texts of playbook."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "playbook.unknown": Text(_("本地没有代码为“{code}”的服务手册"), _("到“服务手册”里挑一份；要新的，复制一份来改")),
    "playbook.has_faults": Text(_("服务手册“{title}”还有问题，不能开办"), _("先按各条改正手册，再开办")),
    "playbook.for_another_kind": Text(_("“{title}”是为{served}办的"), _("换一份服务手册，或到对应的页面开办")),
    "playbook.subject_unknown": Text(_("没有这个办理对象，或不在您的范围内"), _("从项目、单位或人才的页面开办")),
    "playbook.running_already": Text(_("这份手册已在办理：{number}，{since} 开办"), _("在原来的进度里继续")),
    "playbook.run_over": Text(_("服务进度 {number} {state}"), _("要再办，重新开办一次；办结后有误的，重新办理那一步")),
    "playbook.step_not_now": Text(_("“{label}”现在是“{state}”"), _("只有“{wanted}”的步骤能这样办；刷新页面看最新的")),
    "playbook.step_unproven": Text(_("“{label}”还差 {n} 项证据"), _("交齐并由审核人采信后再办结")),
    "playbook.evidence_lacking": Text(
        _("{label}：需 {needed} 件，已采信 {accepted} 件，待审核 {waiting} 件"), _("补交，或请审核人处理")
    ),
    "playbook.handed_to_nobody": Text(_("没有写交给了谁"), _("写部门、单位或联系人")),
    "playbook.date_in_future": Text(_("日期 {value} 在将来"), _("填已经发生的日期")),
    "playbook.date_too_early": Text(
        _("日期 {value} 早于“{label}”轮到的 {since}"), _("核对日期；确实更早的，先更正前一步")
    ),
    "playbook.due_gone_by": Text(_("新的时限 {value} 已经过去"), _("填今天或以后的日期")),
    "playbook.no_reason": Text(_("没有写原因"), _("写一句为什么，以后看得懂")),
    "playbook.nothing_said": Text(_("备注是空的"), _("写一句再保存")),
    "playbook.question_unknown": Text(_("这份手册没有“{code}”这个问题"), _("只回答手册里列出的问题")),
    "playbook.answer_unknown": Text(_("“{label}”没有“{value}”这个答案"), _("从列出的答案里选")),
}
