"""Texts of trips and receptions."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TRIP_TEXTS = {
    "liaison.trip_dates": Text(_("结束日期 {end} 早于开始日期 {start}"), _("核对起止日期")),
    "liaison.stop_outside": Text(_("{on} 不在行程 {start} 至 {end} 之内"), _("改这一站的日期，或先改行程的起止日期")),
    "liaison.stop_no_project": Text(_("这一站没有关联项目"), _("先在这一站填写项目编号，再记入项目往来")),
    "liaison.stop_recorded": Text(_("这一站已记入项目往来"), _("到项目页修改或撤回那一条")),
    "liaison.other_outpost": Text(_("项目 {code} 不属于本驻点"), _("请填写本驻点的项目编号")),
    "liaison.member_too_long": Text(_("“{value}”不像姓名"), _("一行一人：姓名 单位 职务，中间用空格隔开")),
}
