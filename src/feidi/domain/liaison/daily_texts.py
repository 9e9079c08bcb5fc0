"""Texts of instructions, coordination, meetings and the counter's register."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

DAILY_TEXTS = {
    "liaison.says_nothing": Text(_("没有写内容"), _("用一句话写明是什么事")),
    "liaison.due_before_start": Text(_("日期 {due} 早于 {start}"), _("核对两个日期")),
    "liaison.not_open": Text(_("这件事现在是“{state}”，不能再这样办"), _("需要重办时先退回办理，并说明原因")),
    "liaison.not_answered": Text(_("还没有答复（现在是“{state}”）"), _("先登记答复内容，再办结")),
    "liaison.asked_before": Text(_("已于 {on} 发出"), _("再次发函时新登记一项，写明系催办")),
    "liaison.letter_needs_number": Text(_("发函没有写文号"), _("填写函的发文字号；电话沟通的请把方式改为电话")),
    "liaison.not_asked": Text(_("还没有发出，不能登记答复"), _("先登记哪天、以什么方式向部门提出")),
    "liaison.nobody_present": Text(_("没有参会人"), _("至少写一个人的姓名")),
    "liaison.nobody_responsible": Text(_("没有写责任人"), _("选一个账号，或写一个名字")),
    "liaison.minutes_issued": Text(
        _("会议 {number} 的纪要已印发，议程和决定不再改动"), _("需要更正时先撤回纪要，写明原因")
    ),
    "liaison.needs_a_person": Text(_("首问负责人必须是一个账号"), _("用自己的账号登录后登记")),
    "liaison.closed_before": Text(_("已经办结：{result}"), _("又来问时新登记一条")),
    "liaison.visit_is_lead": Text(_("这条登记已转为线索 {code}"), _("线索录错的，在项目页作废")),
    "liaison.changed_meanwhile": Text(
        _("您打开之后，别人刚改过这一条"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "liaison.item_has_decisions": Text(_("议题“{title}”下面已有决定"), _("先撤回决定，再删议题")),
    "liaison.not_a_colleague": Text(_("{name} 不是本驻点的人员"), _("选一位本驻点的同事，或先给其角色")),
    "liaison.voided": Text(_("这一条已撤回：{reason}"), _("需要时新建一条")),
}
