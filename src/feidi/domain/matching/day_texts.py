"""Texts of matchmaking days."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

DAY_TEXTS: dict[str, Text] = {
    "matching.day_untitled": Text(_("对接日没有名称"), _("写一个双方认得出的名称")),
    "matching.day_past": Text(_("{on} 已经过去"), _("选今天或以后的日期；已经开过的会面在对接里登记结果")),
    "matching.day_no_room": Text(
        _("每场 {minutes} 分钟、{slots} 个时段、{tables} 张桌子，排不了"),
        _("每场至少 5 分钟，时段和桌子都在 1 到 {most} 之间"),
    ),
    "matching.day_too_long": Text(_("从 {at} 起 {slots} 个 {minutes} 分钟的时段，排过了半夜"), _("减少时段或缩短每场")),
    "matching.day_voided": Text(_("对接日“{title}”已作废：{reason}"), _("需要时另行登记")),
    "matching.day_moved_on": Text(_("“{title}”在您打开之后有人改过"), _("刷新页面，看最新的再改")),
    "matching.day_begun": Text(_("{number} 的会面已于 {on} 登记结果，不能再排"), _("只手工调整还没有开的会面")),
    "matching.day_may_not_meet": Text(_("{number} 现在不能安排会面"), _("双方互见单位之后、达成或终止之前才能安排")),
    "matching.day_no_such_seat": Text(_("没有第 {slot} 时段第 {table} 桌"), _("时段 1 到 {slots}，桌号 1 到 {tables}")),
    "matching.day_table_taken": Text(
        _("第 {slot} 时段第 {table} 桌已经给了 {number}"), _("换一张桌子，或先把那一场移开")
    ),
    "matching.day_in_two_places": Text(
        _("{who} 第 {slot} 时段已在第 {table} 桌（{number}）"), _("换一个双方都空的时段")
    ),
    "matching.day_busy_elsewhere": Text(
        _("{who} 那时另有会面（{at}，{number}）"), _("换一个双方都空的时段，或先改那一场")
    ),
    "matching.day_names_not_shown": Text(_("还没有互见单位（现在是“{state}”）"), _("双方同意并互见单位之后再排")),
    "matching.day_meets_elsewhere": Text(_("另有会面，约在 {at}"), _("要改到这一天，先取消那一场")),
    "matching.day_meets_already": Text(_("两家在第 {slot} 时段已有一场（{number}）"), _("在那一场里一并谈")),
    "matching.day_need_full": Text(_("需求方 {n} 个时段都已排满"), _("请它少见一家，或另约时间")),
    "matching.day_offer_full": Text(_("供给方 {n} 个时段都已排满"), _("请它少见一家，或另约时间")),
    "matching.day_no_common_slot": Text(_("双方没有同时空着的时段"), _("手工移开其中一方的一场")),
    "matching.day_no_table": Text(_("双方都空的时段里桌子已满"), _("加一张桌子或一个时段，另登记一天")),
    "matching.day_has_room": Text(_("第 {slot} 时段第 {table} 桌可以排"), _("点“手工安排”，或重新排一次")),
}
