"""The words for the codes of first reports."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_FIRST_REPORT = {
    "first_reports.claimed_already": Text(_("这个项目已有首报：{by}，{on}"), _("打开项目的“首报”页查看")),
    "first_reports.state": Text(_("首报现在是“{state}”，不能做这一步"), _("刷新页面看最新状态")),
    "first_reports.renewed_enough": Text(_("已续期 {n} 次，最多 {allowed} 次"), _("先推进签约，或请主办单位另行认定")),
    "first_reports.window_over": Text(_("首谈期到 {on} 已经届满"), _("重新登记首报")),
    "first_reports.grounds_needed": Text(_("没有写理由"), _("写明何时、与谁接触过、有何凭据")),
    "first_reports.no_collision": Text(_("没有与这宗首报冲突的首报"), _("先重新查重")),
    "first_reports.rule_unknown": Text(_("本区没有裁定规则“{rule}”"), _("从页面列出的规则中选择")),
    "first_reports.no_party": Text(_("胜方须是争议双方之一"), _("重新选择")),
    "first_reports.dispute_closed": Text(_("这宗争议现在是“{state}”"), _("刷新页面看最新状态")),
    "first_reports.not_ruled": Text(_("这宗争议现在是“{state}”，还没有裁定"), _("裁定之后再打印裁定书")),
    "first_reports.no_paper": Text(
        _("{place}没有写裁定书的格式"), _("在内容 enclave/first_report.yaml 里补 paper_form")
    ),
    "first_reports.not_a_sister": Text(_("{outpost}不是同一主办地的其他驻点，不能流转"), _("从页面列出的驻点中选择")),
    "first_reports.evidence_needed": Text(_("没有上传凭据，或没有勾选项目"), _("勾选项目并上传微信截图、来函或登记表")),
    "first_reports.nothing_pasted": Text(_("没有粘贴文字"), _("从微信复制一段话，粘贴到框里")),
}
