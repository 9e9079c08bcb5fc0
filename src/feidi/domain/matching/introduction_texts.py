"""Texts of introductions, meetings, trials and what came of them."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

INTRODUCTION_TEXTS: dict[str, Text] = {
    "matching.introduction_not_now": Text(
        _("对接现在是“{state}”，不能办“{step}”"), _("按页面上“下一步”所列的步骤办理")
    ),
    "matching.introduction_missing": Text(_("“{step}”还差 {n} 项"), _("把下面各项补齐后再办")),
    "matching.introduction_needs": Text(_("还差：{what}")),
    "matching.introduction_sides": Text(
        _("对接要一条需求和一条供给，收到的是{need}和{offer}"), _("从需求的候选里选一条供给，或反过来")
    ),
    "matching.introduction_elsewhere": Text(
        _("{need} 与 {offer} 不属于同一个驻点"), _("跨驻点的对接由两个驻点先协商，再各自登记")
    ),
    # the same words whoever blocks whom: that somebody is on a list is nobody's to learn
    "matching.introduction_impossible": Text(
        _("{need} 与 {offer} 不能对接"), _("双方属于同一单位，或一方已声明不与对方往来；请换一条")
    ),
    "matching.introduction_closed_profile": Text(
        _("{number} 现在是“{state}”，有效期至 {until}"), _("先与对方确认仍然有效并续期，再发起对接")
    ),
    "matching.introduction_twice": Text(_("{need} 与 {offer} 已有对接 {number}（{state}）"), _("在原来的对接里继续")),
    "matching.introduction_agreed_before": Text(_("{side}方已于 {on} 同意"), _("反悔的，请终止对接并写明原因")),
    "matching.introduction_who_agreed": Text(_("没有写是谁同意的"), _("写明同意的人：单位里的谁，或代表哪一方的专员")),
    "matching.introduction_reason": Text(_("没有写原因"), _("写一句，双方以后看得懂为什么")),
    "matching.introduction_no_way_back": Text(
        _("“{state}”不能撤回：看过的名称收不回来"), _("不再往下办的，请终止对接并写明原因")
    ),
    "matching.introduction_moved_on": Text(
        _("对接 {number} 在您打开之后已到“{state}”"), _("刷新页面，看最新的一步再办")
    ),
    "matching.introduction_voided": Text(_("对接 {number} 已作废：{reason}"), _("需要时重新发起")),
    "matching.introduction_has_rows": Text(_("这一步之后已登记{what}"), _("先把它作废，再撤回这一步")),
}
