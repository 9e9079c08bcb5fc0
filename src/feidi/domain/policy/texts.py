"""Texts of policy."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "policy.stamp_ahead": Text(_("核实日期 {asked_on} 晚于今天"), _("填今天或以前的一天")),
    "policy.stamp_without_note": Text(
        _("答复是“{answer}”，却没有写出入在哪里"), _("写明哪一句、哪个数与原文不同，或对方怎么说")
    ),
    "policy.stamp_without_whom": Text(_("没有写问的是谁"), _("写明单位、科室和人，别人才能再问")),
    "policy.subject_unknown": Text(_("没有这条记录，或不在您的范围内"), _("回到清单重新打开")),
    "policy.fact_unknown": Text(
        _("事实词典里没有“{fact}”"), _("从页面上列出的事实里选；要新增的，先写入该地的 facts.yaml")
    ),
    "policy.facts_unreadable": Text(_("有 {n} 项看不懂，全部没有保存"), _("按各项下面的说明改写后再保存")),
    "policy.fact_says_nothing": Text(_("“{label}”没有给出任何数"), _("写一个数，或写“…以上”“…以下”；不知道就空着")),
    "policy.fact_reason_needed": Text(_("没有写撤回的原因"), _("写明为什么这一项不可靠")),
    "policy.confirmer_needed": Text(_("没有写由谁确认"), _("写明确认的单位或人")),
    "policy.fact_corrected_meanwhile": Text(_("这一项在您打开之后被改过"), _("刷新页面，对照最新的一条再改")),
    "policy.not_linked": Text(
        _("{outpost}没有联系过“{name}”，不能为它做体检"), _("先在项目里登记这个单位，或请联系它的驻点办理")
    ),
    "policy.as_of_ahead": Text(_("体检日期 {as_of} 晚于今天"), _("填今天或以前的一天")),
    "policy.known_at_ahead": Text(_("“当时所知”的时间 {known_at} 还没有到"), _("填现在或以前的时间")),
    "policy.evaluators_differ": Text(
        _("条款 {clause} 的快速计算与逐条解释不一致，本批结果没有保存"),
        _("请把这句话告诉管理员：快速计算“{fast}”，逐条解释“{reference}”"),
    ),
    "policy.clause_unknown": Text(_("没有编号为“{clause}”的条款"), _("核对条款编号；条款可能已从政策库撤下")),
    "policy.claim_wrong_subject": Text(
        _("条款“{title}”的对象是{needed}，不是{given}"), _("从该对象的页面发起申报，或选择适用的条款")
    ),
    "policy.claim_of_whom": Text(
        _("没有写明是谁的申报，或同时写了单位和个人"), _("一件申报只写一个单位，或一个人，或首报里写明的引荐人")
    ),
    "policy.claim_paid_beyond": Text(
        _("本次到账 {amount}，超过还没到账的 {left}"), _("核对金额；核准金额登记错了的，作废后重来")
    ),
    "policy.claim_nothing_left": Text(
        _("核准的金额已经全部到账，没有余款"), _("不用再登记；到账金额有误的，作废后重来")
    ),
    "policy.claim_open": Text(
        _("“{title}”已有一件未办结的申报（{status}）"), _("在那一件上继续登记；确需另报的先撤回它")
    ),
    "policy.claim_step": Text(
        _("申报现在是“{status}”，不能直接登记为“{to}”"), _("可登记为：{known}；登记有误的请作废后重来")
    ),
    "policy.claim_number_needed": Text(
        _("登记为“已提交”要有受理号或回执"), _("填写官方平台给的受理号，或上传回执图片；还没提交就保持“准备材料”")
    ),
    "policy.claim_reason_needed": Text(_("没有写原因"), _("写明平台给出的意见，或作废、撤回的原因")),
    "policy.claim_amount_needed": Text(_("没有写金额"), _("写明{what}，如 30万元")),
    "policy.claim_seen_ahead": Text(_("查看日期 {seen_on} 晚于今天"), _("填在平台上看到这个状态的那一天")),
    "policy.claim_seen_backwards": Text(
        _("查看日期 {seen_on} 早于上一次登记的 {last}"), _("核对日期；漏登的旧状态写在备注里")
    ),
    "policy.claim_voided": Text(_("这件申报已作废：{reason}"), _("刷新页面")),
    "policy.claim_changed_meanwhile": Text(_("这件申报在您打开之后被改过"), _("刷新后对照再保存")),
}
