"""The words for the codes of the yearly re-verification."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_RECHECKS = {
    "pipeline.recheck_township_needed": Text(_("没有写镇街"), _("写明由哪个镇街确认")),
    "pipeline.recheck_nothing_to_ask": Text(_("没有选中要确认的企业"), _("勾选至少一家")),
    "pipeline.recheck_round_open": Text(
        _("{township} {year} 年已有一轮在确认"), _("打开那一轮；要重发链接，点“换新链接”")
    ),
    "pipeline.recheck_expiry": Text(_("链接到期日 {value} 已过去"), _("填今天或以后的日期")),
    "pipeline.recheck_round_revoked": Text(_("这一轮已经撤销"), _("需要时另开一轮")),
    "pipeline.recheck_link_closed": Text(
        _("这个链接打不开：可能已过期、已撤销或不完整"), _("请联系发给您链接的人，要一个新链接")
    ),
    "pipeline.recheck_too_often": Text(_("提交得太频繁"), _("请过 {minutes} 分钟再试；已提交的不受影响")),
    "pipeline.recheck_already_confirmed": Text(_("“{name}”的第 {n} 年已由主办方确认"), _("如需更正，请联系主办方")),
    "pipeline.recheck_no_answer": Text(_("没有选择任何一家的答复"), _("至少选一家：在、不在或不清楚")),
    "pipeline.recheck_answer_unknown": Text(_("没有选择结论"), _("选“在”“不在”或“不清楚”")),
    "pipeline.recheck_not_verified": Text(_("这个落地现在是“{state}”，不再复核"), _("刷新页面")),
    "pipeline.recheck_not_due": Text(_("第 {n} 年复核 {due_on} 才到期"), _("到期后再确认")),
    "pipeline.recheck_other_outpost": Text(_("选中的企业不属于这个驻点，或今年不到期"), _("刷新页面后重新勾选")),
}
