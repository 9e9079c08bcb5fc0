"""Texts of introductions, meetings, trials and what came of them."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

INTRODUCTION_TEXTS: dict[str, Text] = {
    "matching.introduction_not_now": Text(
        _("对接现在是“{state}”，不能办“{step}”"), _("按页面上“下一步”所列的步骤办理")
    ),
    "matching.introduction_missing": Text(_("“{step}”还差 {n} 项"), _("把下面各项补齐后再办")),
    "matching.introduction_needs": Text(_("还差：{what}")),
    "matching.introduction_sides": Text(
        _("对接要一条需求和一条供给，收到的是{need}和{offer}"), _("从需求的候选里选一条供给，或反过来")
    ),
    "matching.introduction_unknown": Text(
        _("没有编号为“{number}”的供需，或不在您的范围内"), _("到需求与供给的列表里核对编号")
    ),
    "matching.introduction_elsewhere": Text(
        _("{need} 与 {offer} 不属于同一个驻点"), _("跨驻点的对接由两个驻点先协商，再各自登记")
    ),
    # the same words whoever blocks whom: that somebody is on a list is nobody's to learn
    "matching.introduction_impossible": Text(
        _("{need} 与 {offer} 不能对接"), _("双方属于同一单位，或一方已声明不与对方往来；请换一条")
    ),
    "matching.introduction_closed_profile": Text(
        _("{number} 现在是“{state}”，有效期至 {until}"), _("先与对方确认仍然有效并续期，再发起对接")
    ),
    "matching.introduction_twice": Text(_("{need} 与 {offer} 已有对接 {number}（{state}）"), _("在原来的对接里继续")),
    "matching.introduction_agreed_before": Text(_("{side}方已于 {on} 同意"), _("反悔的，请终止对接并写明原因")),
    "matching.introduction_who_agreed": Text(_("没有写是谁同意的"), _("写明同意的人：单位里的谁，或代表哪一方的专员")),
    "matching.introduction_reason": Text(_("没有写原因"), _("写一句，双方以后看得懂为什么")),
    "matching.introduction_no_way_back": Text(
        _("“{state}”不能撤回：看过的名称收不回来"), _("不再往下办的，请终止对接并写明原因")
    ),
    "matching.introduction_moved_on": Text(
        _("对接 {number} 在您打开之后已到“{state}”"), _("刷新页面，看最新的一步再办")
    ),
    "matching.introduction_voided": Text(_("对接 {number} 已作废：{reason}"), _("需要时重新发起")),
    "matching.introduction_has_rows": Text(_("这一步之后已登记{what}"), _("先把它作废，再撤回这一步")),
    "matching.meeting_past": Text(_("会面时间 {at} 已经过去"), _("填以后的时间；已经开过的，安排后直接登记结果")),
    "matching.meeting_nobody": Text(_("没有写到会的人"), _("双方至少各写一人")),
    "matching.meeting_says_nothing": Text(_("没有写会面结果"), _("写一句谈了什么、下一步做什么")),
    "matching.meeting_done": Text(_("这次会面已经登记过或已取消（{on}）"), _("刷新页面；再见面时另行安排")),
    "matching.trial_incomplete": Text(_("试验还差 {n} 项没有写明"), _("开始之前写明，免得事后说不清")),
    "matching.trial_needs": Text(_("还差：{what}")),
    "matching.trial_not_measured": Text(_("没有写实测结果"), _("写测得的数和单位；没有测成的也写明为什么")),
    "matching.trial_voided": Text(_("这次试验已作废：{reason}"), _("需要时另行登记")),
    "matching.outcome_voided": Text(_("这项结果已作废：{reason}"), _("需要时另行登记")),
    "matching.outcome_contract_particulars": Text(
        _("“{kind}”与技术合同的专有内容不相符"), _("技术合同须写合同类别；其他结果不写登记号、技术交易额和类别")
    ),
    "matching.outcome_sum_missing": Text(_("写了技术交易额，没有写合同金额"), _("先填合同金额")),
    "matching.outcome_currencies": Text(_("技术交易额是 {share}，合同金额是 {sum}"), _("两个金额用合同写的同一种货币")),
    "matching.outcome_above_sum": Text(
        _("技术交易额 {share} 大于合同金额 {sum}"), _("设备和材料款不计入技术交易额，核对后再填")
    ),
    "matching.outcome_currency_unknown": Text(_("金额没有写货币"), _("选一种货币")),
}
