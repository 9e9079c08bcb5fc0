"""The words for the codes of commitments, benefit sharing, the clause lint and diligence."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_PROMISES = {
    "pipeline.agreement_nothing_changed": Text(_("没有改动任何内容"), _("改了再保存；不需要改就返回")),
    "pipeline.agreement_changed_meanwhile": Text(
        _("别人刚改过这份协议"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "pipeline.target_changed_meanwhile": Text(
        _("您打开之后，别人刚改过这一条"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "pipeline.row_voided_already": Text(_("这一条已经作废：{reason}"), _("刷新页面")),
    "pipeline.term_order": Text(_("止 {term_to} 早于起 {term_from}"), _("核对起止日期")),
    "pipeline.commitment_says_nothing": Text(_("承诺内容是空的"), _("用一句话写明承诺了什么")),
    "pipeline.commitment_before_signing": Text(_("期限 {due} 早于签约日 {signed}"), _("核对协议上的期限，注意年份")),
    "pipeline.commitment_unit_needed": Text(_("数量 {value} 没有写单位"), _("写明单位，如 人、台、平方米")),
    "pipeline.commitment_two_measures": Text(_("同时写了金额和数量"), _("一条承诺只写一样；另一样另记一条")),
    "pipeline.benefit_incomplete": Text(_("分享基数或对方是空的"), _("写明按什么计算、与谁分享")),
    "pipeline.benefit_share": Text(_("分享比例 {value} 不在 0 到 1 之间"), _("写成 60% 或 3/5")),
    "pipeline.benefit_settled": Text(_("名下还有 {n} 笔结算，不能作废"), _("先作废这些结算")),
    "pipeline.settlement_overlaps": Text(
        _("与已结算的期间 {period_from} 至 {period_to} 重叠"), _("改期间，或先作废那一笔")
    ),
    "pipeline.settlement_currencies": Text(_("基数与结算额币种不同"), _("用同一币种填写；不同币种不能相比")),
    "pipeline.settlement_negative": Text(_("基数 {value} 小于零"), _("核对基数")),
    "pipeline.clause_text_empty": Text(_("协议文字是空的"), _("粘贴协议条款，或从扫描件读取")),
    "pipeline.clause_scan_no_text": Text(_("“{name}”里读不出文字（可能是图片扫描件）"), _("把条款文字粘贴到文本框")),
    "pipeline.clause_decision_needed": Text(_("没有选择结论"), _("选“无问题”“需修改”或“已修改”")),
    "pipeline.diligence_item_unknown": Text(_("尽调清单里没有“{item}”"), _("刷新页面")),
    "pipeline.diligence_finding_says_nothing": Text(_("“{label}”有异常，但没有写明是什么"), _("写明看到的异常")),
    "pipeline.diligence_missing": Text(_("还没有查：{label}"), _("到所列公示平台查看，登记日期和结果")),
    "pipeline.diligence_expired": Text(_("{label}：{checked_on} 查的，已过有效期"), _("重新查看并登记")),
    "pipeline.diligence_found": Text(_("{label}有异常：{note}"), _("核实后再签约")),
    "pipeline.diligence_incomplete": Text(_("签约前必查的尽调还差 {n} 项"), _("逐项查看并登记")),
}
