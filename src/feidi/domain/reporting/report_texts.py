"""Texts of periodic reports, their plans and their content."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_REPORTS = {
    "reports.bad_period": Text(_("“{value}”不是这种报表的期间"), _("例如：{example}")),
    "reports.future": Text(_("{period} 还没有开始"), _("请选已开始的期间")),
    "reports.which_outpost": Text(_("要写明是哪个驻点：符合的有 {n} 个（{code}）"), _("用 --outpost 写驻点代码")),
    "reports.unknown_kind": Text(_("本地没有“{kind}”这种报表"), _("可用：{known}")),
    "reports.unknown_format": Text(_("不能出成“{value}”"), _("可用：{known}")),
    "reports.not_draft": Text(_("{number} {state}，内容不再改"), _("要改请出新版，旧版留存")),
    "reports.not_approved": Text(_("{number} 还没有批准"), _("请负责人（不是制表人）批准后再发")),
    "reports.own_report": Text(_("{number} 是您自己编的，不能自己批准"), _("请另一位有审批权限的人批准")),
    "reports.text_unknown": Text(_("没有“{code}”这一段"), _("刷新页面后再改")),
    "reports.text_figure_changed": Text(
        _("【{found}】不是报表里的数字"), _("数字不能在这里改：照原样保留，或整个删掉这一处")
    ),
    "reports.text_too_long": Text(_("“{heading}”有 {n} 字，最多 {most} 字"), _("请删减")),
    "reports.nothing": Text(_("{period} 没有任何登记，出不了草稿"), _("核对期间和驻点；只想看空表可直接下载")),
    "reports.there": Text(_("这一期已有 {number}"), _("打开它；要改内容请出新版")),
    "reports.changed": Text(_("{number} 刚被别人改过"), _("刷新页面，看过新的内容再提交")),
    "reports.nobody": Text(_("没有收件邮箱，也没有选群"), _("填邮箱、选群，或只归档")),
    "reports.not_for_home": Text(
        _("{number} 不是给主办地的报表"), _("不勾“送主办方收件页”；内部和给所在地的用邮件或群消息")
    ),
    "reports.signed_for": Text(_("{number} 您已于 {on} 签收"), _("不用再签；签收记录在本页下方")),
    "reports.taken_back": Text(_("{number} 已由驻点收回：{reason}"), _("请驻点另送现行的一版")),
    "reports.not_as_approved": Text(_("{number} 的内容与批准时不一致，不能下载"), _("请驻点打开“核验归档”查明")),
    "reports.voided": Text(_("{number} 已作废：{reason}"), _("请看现行的一版")),
    "reports.void_needs_reason": Text(_("作废没有写原因"), _("请写明，如 期间选错")),
    "reports.superseded": Text(_("{number} 已有第 {revision} 版"), _("请打开新版")),
    "reports.archived_already": Text(_("{number} 已归档"), _("到归档页核对")),
    "reports.too_long_mail": Text(_("附件共 {size} MB，邮件装不下"), _("不随信附上，信里写明到哪里下载")),
    "reports.plan_day": Text(_("“{value}”不是这种报表的日子"), _("周报写 1—7（星期几），其余写 1—28（几号）")),
    "reports.plan_there": Text(_("这种报表已有计划"), _("改那一条，或先停用")),
    "reports.plan_voided": Text(_("计划已停用：{reason}"), _("请新建一条")),
    "reports.plan_void_needs_reason": Text(_("停用没有写原因"), _("请写明，如 主办方不再要求")),
    "reports.plan_skipped": Text(_("{kind}没有出草稿：{why}"), _("到计划页核对")),
    "reports.content_place": Text(
        _("{file} 第{line}行：没有“{value}”这个数字或文字"), _("可用的见 docs/reports.md，如 K08_year、K14_term、day")
    ),
    "reports.content_brace": Text(_("{file} 第{line}行：花括号不成对：{value}"), _("写成 {…}")),
    "reports.content_figure": Text(_("{file} 第{line}行：没有指标“{value}”"), _("照统计分析里的代码写")),
    "reports.content_number": Text(
        _("{file} 第{line}行：“{value}”不是分值或比例"), _("写 40、0.5 或 1/10，不写负数和百分号")
    ),
    "reports.content_step": Text(
        _("{file} 第{line}行：档位里的“{value}”不在本项的 parts 里"), _("照 parts 里的 code 写")
    ),
    "reports.content_columns": Text(
        _("{file} 第{line}行：“{section}”的名单和列要一起写"), _("有名单就写 columns，没有就都留空")
    ),
    "reports.content_empty": Text(_("{file} 第{line}行：“{section}”什么也没有写"), _("写句子、数字、名单之一，或删去")),
    "reports.content_day": Text(_("{file} 第{line}行：周报的日子是星期几，写的是 {value}"), _("写 1—7")),
    "reports.verified": Text(_("{what}：与归档时一致"), _("无须处理")),
    "reports.altered": Text(_("{what}：与归档时不一致"), _("以备份中的归档文件为准，并查明原因")),
    "reports.missing": Text(_("{what}：找不到归档的文件"), _("从备份恢复")),
    "reports.number_unsourced": Text(_("“{heading}”里的 {found} 没有出处"), _("删去，或改用报表里的数字")),
    "reports.names_withheld": Text(_("另有 {n} 个尚未报送，只计数、不列名称"), _("需要列名称的，先报送")),
}
