"""Texts of rooms and bookings."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

SPACE_TEXTS: dict[str, Text] = {
    "space.reason_needed": Text(_("没有写原因"), _("写明原因，便于日后核对")),
    "space.unit_taken": Text(_("{unit} 在 {span} 已被占用（{n} 处）"), _("换一个时间或房间，或登记候补")),
    "space.taken_by": Text(_("{reason}：{who}，{span}"), _("与对方协商，或换时间、换房间")),
    "space.taken": Text(_("已占用"), _("换时间或换房间")),
    "space.unit_voided": Text(_("{unit} 已停用：{reason}"), _("选择其他房间")),
    "space.unit_not_there": Text(
        _("{unit} 的可用期是 {since} 至 {until}"), _("选择可用期内的日期，或请管理人员修改可用期")
    ),
    "space.parts_of_minutes": Text(_("时间 {value} 不是整分钟"), _("写到分钟，如 09:00")),
    "space.freed_before": Text(_("{unit} 的这次占用已由 {by} 释放：{reason}"), _("刷新页面")),
    "space.not_earlier": Text(_("结束时间不早于现在的 {span}"), _("提前结束须写更早的时间")),
    "space.booking_refused": Text(_("{unit} 不能这样预订"), _("按下面各条修改")),
    "space.purpose_needed": Text(_("没有写用途"), _("写明用途，如 投资人见面会")),
    "space.not_bookable": Text(_("{unit} 不对外预订"), _("选择可预订的房间，或请管理人员开放")),
    "space.attendees_wrong": Text(_("人数 {n} 不成立"), _("写 1 或更大的整数；不清楚就空着")),
    "space.too_many": Text(_("{unit} 可容纳 {capacity} 人，填写了 {n} 人"), _("换大一些的房间")),
    "space.organization_unknown": Text(_("{outpost} 没有登记“{name}”"), _("先在单位中登记，再代其预订")),
    "space.in_the_past": Text(_("{span} 已经过去"), _("选择以后的时间")),
    "space.off_the_grid": Text(_("起止时间不在 {minutes} 分钟的时间格上"), _("从整点起按 {minutes} 分钟取")),
    "space.closed_then": Text(_("{unit} {day} 的开放时间是 {hours}"), _("选择开放时间内的时段")),
    "space.closed_that_day": Text(_("{unit} {day} 不开放"), _("选择开放的日期；节假日安排见工作日历")),
    "space.too_far_ahead": Text(_("最多提前 {days} 天预订"), _("临近再订，或请运营人员代订")),
    "space.too_long": Text(_("一次最多 {most} 小时，填写了 {hours} 小时"), _("缩短时长，或请运营人员代订")),
    "space.home_firms_not": Text(_("本驻点的场地不向本地企业开放预订：{name}"), _("请联系驻点运营人员")),
    "space.week_full": Text(
        _("本单位这一周已订 {had} 小时，加上这次 {hours} 小时超过每周 {most} 小时"), _("换一周，或请运营人员代订")
    ),
    "space.for_whom": Text(_("没有写明为哪个单位预订"), _("选择单位")),
    "space.needs_a_person": Text(_("预订要有负责人，这里没有登录账号"), _("用本人账号登录后再订")),
    "space.booking_changed_meanwhile": Text(_("这次预订在您打开之后被改过（{state}）"), _("刷新后再操作")),
    "space.booking_state": Text(_("这次预订{state}，不能这样操作"), _("刷新页面；需要场地请另行预订")),
    "space.booking_over": Text(_("这次预订的时间已经过去"), _("需要场地请另行预订")),
    "space.checked_in_before": Text(_("已由 {by} 签到"), _("提前离开请填写交接说明")),
    "space.check_in_early": Text(_("开始前 {minutes} 分钟内才能签到"), _("到时再签到")),
    "space.not_begun": Text(_("预订还没有开始"), _("开始后再填写交接说明；不用了请取消")),
    "space.note_needed": Text(_("交接说明是空的"), _("写明离开时的状况，如 灯、空调已关，桌椅复位")),
    "space.other_outpost": Text(_("{unit} 属于另一个驻点"), _("选择本驻点的房间")),
    "space.series_clashes": Text(
        _("系列 {of} 次中有 {n} 次不能预订"), _("逐次选择跳过或换房间，再保存；没有列出的不会被改动")
    ),
    "space.series_day": Text(_("{span} {unit}："), _("跳过这一次，或换一个房间")),
    "space.series_nothing_left": Text(_("跳过之后一次也不剩"), _("至少保留一次")),
    "space.series_over": Text(_("这个系列没有尚未开始的预订"), _("刷新页面")),
    "space.blocking_past": Text(_("封闭的时间已经过去"), _("选择以后的时间")),
    "space.blocking_lifted": Text(_("这次封闭已经解除：{reason}"), _("刷新页面")),
    "space.free_already": Text(_("{unit} 这个时间空着，不必候补"), _("直接预订")),
    "space.waiting_twice": Text(_("您已在候补 {unit} 的这个时间"), _("在“我的候补”中查看")),
    "space.waiting_over": Text(_("这条候补{state}"), _("刷新页面")),
    "space.nothing_at_door": Text(_("{unit} 现在没有可签到的预订"), _("核对房间和时间")),
    "space.door_unknown": Text(_("二维码无效或已更换"), _("扫描门上现在的二维码，或请运营人员代为签到")),
    "space.feed_unknown": Text(_("日历链接无效或已停用"), _("在“日历订阅”中重新生成")),
    "space.feed_of_another": Text(_("这个日历链接不是您的"), _("只能停用自己的日历链接")),
    "space.feed_revoked": Text(_("这个日历链接已经停用"), _("刷新页面")),
    "space.visitor_name": Text(_("没有写访客姓名"), _("写明姓名")),
    "space.visitor_past": Text(_("来访日期已经过去"), _("写今天或以后的日期")),
    "space.visitor_here": Text(_("访客已经到了"), _("刷新页面")),
    "space.visitor_not_here": Text(_("访客还没有到"), _("先登记到访")),
    "space.visitor_gone": Text(_("访客已经离开"), _("刷新页面")),
    "space.visitor_voided": Text(_("这条访客登记已经作废：{reason}"), _("刷新页面")),
    "space.visitor_unreadable": Text(_("访客姓名无法解密"), _("检查密钥文件是否完整")),
    "space.unit_code_needed": Text(_("没有写编号"), _("写明编号，如 801")),
    "space.unit_code_taken": Text(_("编号 {code} 已经有了"), _("换一个编号，或修改原有的房间")),
    "space.unit_name_needed": Text(_("没有写名称"), _("写明名称，如 801 室")),
    "space.unit_changed_meanwhile": Text(_("{unit} 在您打开之后被改过"), _("刷新后对照再保存")),
    "space.unit_days": Text(_("停用日期 {until} 早于启用日期 {since}"), _("核对日期")),
    "space.unit_has_parts": Text(_("{unit} 下面还有工位或分厅"), _("先停用其中的工位或分厅")),
    "space.unit_held": Text(_("{unit} 还有 {n} 项占用"), _("先取消或移走下列占用")),
    "space.part_of_part": Text(_("{unit} 不能再分：它属于别的房间或另一个驻点"), _("选择整间的房间")),
    "space.capacity_wrong": Text(_("容纳人数 {n} 不成立"), _("写 1 或更大的整数；不清楚就空着")),
    "space.area_wrong": Text(_("面积 {value} 不成立"), _("写大于零的数；不清楚就空着")),
    "space.content_zone": Text(
        _("{file} 第 {line} 行：功能区“{value}”没有写在 enclave.yaml 或本文件中"), _("可选：{known}")
    ),
    "space.content_floor": Text(_("{file} 第 {line} 行：楼层“{value}”没有定义"), _("可选：{known}")),
    "space.content_hours": Text(_("{file} 第 {line} 行：开放时间“{value}”没有定义"), _("可选：{known}")),
    "space.content_shape": Text(_("{file} 第 {line} 行：平面图上没有图形“{value}”"), _("可选：{known}")),
    "space.content_no_hours": Text(
        _("{file} 第 {line} 行：{unit} 可预订却没有开放时间"), _("写 hours，代码见 booking.yaml")
    ),
    "space.content_part": Text(
        _("{file} 第 {line} 行：{unit} 不能属于“{value}”"),
        _("part_of 写同一驻点里整间房间的编号；分出来的部分不能再分"),
    ),
    "space.content_area": Text(
        _("{file} 第 {line} 行：{what} 内各部分面积之和 {parts} 大于 {whole}"), _("核对面积；未知的写 null")
    ),
    "space.hours_unknown": Text(_("开放时间“{value}”没有定义"), _("可选：{known}；在 enclave/booking.yaml 中增加")),
}
