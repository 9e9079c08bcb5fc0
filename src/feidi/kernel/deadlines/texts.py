"""Texts of the clocks' codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "deadlines.due_in": Text(_("还有 {days} 天")),
    "deadlines.due_today": Text(_("今天到期")),
    "deadlines.overdue": Text(_("已超 {days} 天"), _("请尽快办理；暂不推进的项目请改为“暂缓推进”并写明理由")),
    "deadlines.waiting_home": Text(_("待反馈 · 第 {days} 天")),
    "deadlines.waiting_host": Text(_("待反馈 · 第 {days} 天")),
    "deadlines.provisional": Text(
        _("{year} 年放假安排尚未公布，到期日为暂定"), _("管理员上传国务院办公厅放假通知后自动确定")
    ),
    "deadlines.taken_from": Text(_("参考外地做法（{city}），待本区确认")),
    "deadlines.clock_malformed": Text(_("时限“{label}”的天数 {n} 不合理"), _("请在内容中改为 1 以上的整数")),
}
