"""Texts of the operating contract, the dossier and the hand-over of data."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_CONTRACT: dict[str, Text] = {
    "reporting.dossier_no_content": Text(_("没有已发布的分卷办法（{path}）"), _("请管理员发布内容后再导出")),
    "reporting.dossier_no_project": Text(_("没有这个项目"), _("核对项目编号；未报送的项目主办方看不到")),
    "reporting.dossier_several": Text(_("有 {n} 个驻点都有编号 {code}"), _("改用项目页网址里的编号")),
    "reporting.handover_no_home": Text(_("没有在外设驻点的地方 {code}"), _("写地方代码或行政区划代码，如 440604")),
    "reporting.handover_receipt_day": Text(
        _("日期 {day} 在移交之前，或还没有到"), _("签收不早于移交（{made}），删除不早于签收，都不晚于今天")
    ),
    "reporting.definitions_same": Text(
        _("口径与第 {revision} 版相同，没有新版可出"), _("打印或重新打印第 {revision} 版")
    ),
    "reporting.definitions_no_form": Text(
        _("{home} 的 enclave/submissions.yaml 没有口径确认单（definitions_form）"), _("补上标题、文字和签署链后再打印")
    ),
    "reporting.handover_receiver_needed": Text(_("没有写签收人"), _("写回执上签字的人或单位")),
    "reporting.reason_needed": Text(_("没有写明理由"), _("写一句话说明，记录会留存")),
    "reporting.contract_incomplete": Text(_("协议编号、名称、主办单位或内容没有写"), _("补齐后再保存")),
    "reporting.contract_order": Text(_("截止日 {ends} 不晚于起始日 {starts}"), _("核对协议期限")),
    "reporting.contract_number_taken": Text(_("这个驻点已有编号为 {number} 的协议"), _("打开原来的协议，或核对编号")),
    "reporting.contract_changed_meanwhile": Text(
        _("别人刚改过这份协议"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "reporting.contract_nothing_changed": Text(_("没有改动任何内容"), _("改了再保存；不需要改就返回")),
    "reporting.contract_term_holds": Text(
        _("{years} 年已经登记了成本、预算或考核，期限不能不含这些年份"), _("先作废那些年份的登记，或核对期限")
    ),
    "reporting.contract_outside": Text(_("{when} 不在协议期限内，或还没有到"), _("核对年份、月份")),
    "reporting.contract_currency": Text(_("协议以 {currency} 计，填的是 {given}"), _("按协议的币种填写")),
    "reporting.contract_negative": Text(_("金额不能小于零"), _("录错的请作废后重录")),
    "reporting.contract_day_to_come": Text(_("{day} 还没有到"), _("发生之后再登记")),
    "reporting.contract_taken_back": Text(_("这一条已经作废"), _("刷新页面")),
    "reporting.indicator_incomplete": Text(_("指标的名称、口径或权重没有写"), _("补齐后再保存")),
    "reporting.indicator_measure": Text(_("没有代码为 {code} 的统计口径"), _("从口径表选一个，或留空由人工填报")),
    "reporting.indicator_weights": Text(_("权重合计 {total}，不是 100"), _("调整各项权重，合计须为 100")),
    "reporting.sheet_state": Text(_("考核表“{state}”，现在不能这样做"), _("先完成前一步；已定稿的只能登记更正")),
    "reporting.score_wrong": Text(_("“{label}”没有评分，或超出权重 {weight}"), _("填 0 到权重之间的分数")),
    "reporting.scores_wrong": Text(_("有 {n} 项评分不对"), _("逐项改正后再保存")),
    "reporting.deduction_reason": Text(_("“{label}”扣了分，没有写理由"), _("写明扣分依据")),
    "reporting.item_open": Text(_("“{label}”有异议，还没有处理"), _("由运营方撤回异议，或由主办方写明处理结果")),
    "reporting.sheet_open": Text(_("还有 {n} 项有异议，不能定稿"), _("处理完异议再定稿")),
    "reporting.payment_opinion_needed": Text(_("没有付款意见"), _("主办方评分时写明付款意见")),
    "reporting.score_own": Text(_("运营单位的人不能给自己评分"), _("由主办单位评分")),
}
