"""Texts of papers, bound forms and the Friday button."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_PAPERS = {
    "papers.unknown_span": Text(_("没有“{span}”这个期间"), _("请选本周、本月、本季度或本年")),
    "papers.unknown_kind": Text(_("本地没有“{kind}”这种文稿"), _("请从列表中选，或在 enclave/papers.yaml 里写明")),
    "papers.unknown_plaque": Text(_("这个驻点没有“{plaque}”这块牌子"), _("请从列表中选")),
    "papers.future": Text(_("截至日期 {as_of} 还没有到"), _("请选今天或以前的日期")),
    "papers.nothing_chosen": Text(_("没有选任何表格或文稿"), _("请至少勾选一项")),
    "papers.subject_missing": Text(_("{kind}没有写事由"), _("请填写“事由”，如 申请使用多功能会议室")),
    "papers.body_missing": Text(_("{kind}没有正文"), _("请填写正文")),
    "papers.voided": Text(_("{number} 已作废：{reason}"), _("请看现行的一份")),
    "papers.void_needs_reason": Text(_("作废 {number} 没有写原因"), _("请写明，如 数字有误、重复出稿")),
    "papers.other_paper": Text(
        _("上传的文件是另一份文稿（标识 {found}），不是 {number}"), _("请到那一份的页面上传，或检查是否选错文件")
    ),
    "papers.other_kind_of_file": Text(_("“{name}”不是 Word（DOCX）文件"), _("请用 WPS 或 Word 另存为 DOCX 后上传")),
    "papers.list_untold": Text(
        _("“{list}”里有 {n} 个项目尚未报送，名称会随表发出"), _("不想写出名称，请改绑“已报送”的名单")
    ),
    "papers.form_skipped": Text(_("“{form}”没有填：{why}"), _("打开该表格，逐处确认后再填")),
    "papers.form_nothing_bound": Text(_("“{form}”还没有绑定任何格子"), _("打开该表格，点选格子并选择数据")),
    "papers.form_name_missing": Text(_("没有写表格名称"), _("请填写，如 云溪区招商周报表")),
    "papers.unknown_source": Text(_("没有“{source}”这项数据"), _("请从列表中选")),
    "papers.place_not_bound": Text(_("{place} 没有绑定"), _("请刷新页面后再试")),
    "papers.form_superseded": Text(_("“{form}”已有新版式（第 {revision} 版）"), _("请打开新版")),
    "papers.form_voided": Text(_("“{form}”已停用：{reason}"), _("如仍要填，请重新上传空表")),
    "papers.form_other_format": Text(_("原表是 {was}，新表是 {now}"), _("请上传同一种格式；换了格式请另建一张表")),
    "papers.too_wide": Text(
        _("表格很大，页面只列出前 {rows} 行、{columns} 列"), _("其余位置可直接输入，如 汇总表!B120")
    ),
}
