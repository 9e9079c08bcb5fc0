"""Texts of action plans and of reading their tables."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

PLAN_TEXTS = {
    "liaison.plan_dates": Text(_("计划期止 {end} 早于计划期起 {start}"), _("核对起止日期")),
    "liaison.plan_series_taken": Text(_("已有同名计划系列“{series}”"), _("在原计划上“建新版本”或“建下一期”")),
    "liaison.plan_not_draft": Text(
        _("“{title}”现在是“{state}”，任务内容不能直接改"), _("建一个新版本再改；进展和状态可以随时登记")
    ),
    "liaison.plan_closed": Text(_("“{title}”现在是“{state}”，不再登记"), _("到执行中的版本登记")),
    "liaison.plan_empty": Text(_("还没有任务，不能生效"), _("先录入或导入任务")),
    "liaison.plan_draft_exists": Text(_("已有拟定中的版本（第 {number} 版）"), _("在那一版上继续改，或先撤回它")),
    "liaison.plan_period_after": Text(_("下一期须在 {end} 之后开始"), _("核对起止日期；同一期内调整请建新版本")),
    "liaison.task_number_taken": Text(_("序号 {number} 已有任务“{title}”"), _("换一个序号")),
    "liaison.progress_future": Text(_("进展日期 {value} 还没有到"), _("填写实际日期")),
    "liaison.percent_range": Text(_("完成比例 {value} 不在 0 至 100 之间"), _("填 0 到 100 的整数，或留空")),
    "liaison.link_unknown": Text(_("找不到“{value}”"), _("填写项目编号或会议编号")),
    "liaison.plan_file_kind": Text(_("读不了这个文件"), _("请用 .xlsx、.csv，或含一张表格的 .docx（Word）")),
    "liaison.plan_no_table": Text(_("文件里没有找到任务表"), _("表头至少要有“任务”一列；一个文件放一张表")),
    "liaison.plan_rows_wrong": Text(_("{n} 行有问题，一行都没有写入"), _("改好文件后重新上传")),
    "liaison.plan_nothing_new": Text(_("文件与现有任务完全一样"), _("没有要写入的内容")),
    "liaison.row_no_title": Text(_("没有写任务"), _("补上任务名称，或删去这一行")),
    "liaison.row_number_twice": Text(_("序号 {number} 在文件里出现了两次（另一行：{other}）"), _("改成不同的序号")),
    "liaison.row_number_made": Text(_("没有序号，编为 {number}")),
    "liaison.row_due_words": Text(_("“{value}”不是确切日期，原文照录，不计逾期")),
    "liaison.row_due_read": Text(_("“{value}”按 {due} 计")),
    "liaison.row_too_long": Text(_("“{column}”超过 {limit} 字"), _("写短一些，细节放“主要举措”")),
    "liaison.row_state_unknown": Text(_("状态“{value}”不认识"), _("用：未启动、推进中、已完成、已中止")),
    "liaison.row_frozen": Text(
        _("“{column}”与执行中的任务不同（现为“{value}”）"), _("执行中的计划只能更新状态和进展；改任务请建新版本")
    ),
    "liaison.row_not_in_plan": Text(_("执行中的计划里没有序号 {number}"), _("增加任务请建新版本")),
}
