"""The words for every code this app refuses or remarks with."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: Final = {
    "calendar.count_differs": Text(
        _("{name}：通知写“共 {said} 天”，读出的是 {found} 天"), _("对照通知原文，检查起止日期有没有漏")
    ),
    "calendar.day_without_kind": Text(
        _("{name}：{day} 起 {count} 天没有写放假还是上班，没有采用"), _("在日期后面写“放假”或“上班”；落款日期可以不管")
    ),
    "calendar.no_such_day": Text(_("{name}：没有 {day} 这一天"), _("检查月份和日期")),
    "calendar.notice_of_other_year": Text(_("这是 {said} 年的通知，不是 {year} 年的"), _("检查年份")),
    "calendar.span_wrong": Text(_("{name}：{day} 至 {until} 不像一段假期"), _("检查起止日期")),
    "calendar.weekday_differs": Text(_("{name}：{day} 是{found}，通知写的是{said}"), _("检查年份和日期有没有写错")),
    "calendar.may_not_upload": Text(_("{who} 没有上传放假通知的权限"), _("请管理员（权限 settings.manage）上传")),
    "calendar.no_rows": Text(_("{year}年的通知里没有一天"), _("照国务院办公厅通知逐日填写放假与调休上班的日子")),
    "calendar.no_shipped_file": Text(_("找不到随程序提供的 {path}"), _("检查 FEIDI_CONTENT 所指的文件夹")),
    "calendar.no_source": Text(_("没有写明通知的来源"), _("填写通知名称和文号")),
    "calendar.notice_unusable": Text(_("{year}年的放假安排没有收下"), _("逐条改正后重新上传")),
    "calendar.out_of_range": Text(_("{day} 超出工作日历的范围（2000年至2062年）"), _("检查年份是否写错")),
    "calendar.row_outside_year": Text(_("{day} 不属于{year}年的安排"), _("检查年份，或改到那一年的通知里")),
    "calendar.row_twice": Text(_("{day} 出现了两次"), _("留下一行")),
    "calendar.work_on_weekday": Text(_("{day} 本来就是周一至周五，不必标为调休上班"), _("检查日期，或标为放假")),
}
