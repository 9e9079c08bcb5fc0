"""The words for every code this app refuses with."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: Final = {
    "feedback.answered_already": Text(_("这份评价已于 {on} 填写"), _("填过的评价不能改，也不能再发链接")),
    "feedback.complaint_answered": Text(_("投诉 {number} 已于 {on} 答复")),
    "feedback.complaint_closed": Text(_("投诉 {number} 已于 {on} 办结")),
    "feedback.complaint_open": Text(_("投诉 {number} 还没有答复"), _("先登记答复，再办结")),
    "feedback.complaint_says_nothing": Text(_("投诉没有写标题或内容"), _("标题写什么事（不写人名），内容写原话")),
    "feedback.complaint_voided": Text(_("投诉 {number} 已作废：{reason}")),
    "feedback.date_before": Text(_("日期 {value} 早于 {first}"), _("检查年份和日期")),
    "feedback.date_in_future": Text(_("日期 {value} 还没有到"), _("填写今天或以前的日期")),
    "feedback.done_says_nothing": Text(_("没有写做了什么"), _("写明怎样联系、对方怎么说、改了什么")),
    "feedback.follow_up_closed": Text(_("这次回访已于 {on} 由 {by} 办结")),
    "feedback.link_closed": Text(
        _("这个链接打不开：没有这份评价，或者已经收回、过期"), _("如仍想评价，请联系给您链接的人")
    ),
    "feedback.not_permitted": Text(_("您没有办理满意度与投诉的权限"), _("请有权限 feedback.edit 的同事办理")),
    "feedback.reason_needed": Text(_("没有写理由"), _("写明为什么收回或作废")),
    "feedback.reason_unknown": Text(_("没有“{value}”这个原因"), _("在列出的原因中选一个")),
    "feedback.recommend": Text(_("推荐程度 {value} 不在 0 至 10 之间"), _("选 0 至 10")),
    "feedback.reply_says_nothing": Text(_("没有写答复"), _("写明查到什么、怎样处理、怎样告知本人")),
    "feedback.satisfaction": Text(_("满意度 {value} 不在 1 至 5 之间"), _("选 1 至 5")),
    "feedback.says_nothing": Text(_("还没有选分数"), _("至少选一项，话可以不写")),
    "feedback.topic_unknown": Text(_("没有“{value}”这类投诉"), _("在列出的类别中选一个")),
}
