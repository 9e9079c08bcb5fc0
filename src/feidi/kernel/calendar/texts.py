"""The words for every code this app refuses or remarks with."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: Final = {
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
