"""The words for the codes of candidate lists, answers and weights."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

CANDIDATE_TEXTS: dict[str, Text] = {
    "matching.list_empty": Text(
        _("{number} 现在没有一条可以给出的候选（查了 {searched} 条）"),
        _("看匹配页上的“差一点”，补上缺的事实；或先登记更多对方的供需"),
    ),
    "matching.list_not_open": Text(_("{number} 现在是“{state}”，不出候选"), _("先恢复为有效")),
    "matching.list_expired": Text(_("{number} 的有效期 {on} 已过，不出候选"), _("核实后续期再来")),
    "matching.list_voided": Text(_("这份名单已撤回：{reason}"), _("在匹配页重新生成")),
    "matching.list_sent": Text(_("这份名单已于 {on} 发给 {to}，不能再改"), _("要换人选，重新生成一份")),
    "matching.list_not_checked": Text(
        _("这份名单还没有人核对，不能发出"), _("逐条看过，勾选合适的，每条写一句自己的判断，再发出")
    ),
    "matching.list_not_sent": Text(_("这份名单还没有发出，没有答复可记"), _("先核对、发出")),
    "matching.list_changed": Text(_("您打开之后，别人改过这份名单"), _("刷新看现在的内容，再核对一次")),
    "matching.pick_none": Text(_("一条也没有选"), _("至少选一条；都不合适就撤回这份名单并写明原因")),
    "matching.pick_unknown": Text(_("名单里没有第 {position} 条"), _("刷新页面再选")),
    "matching.pick_note_needed": Text(
        _("第 {position} 条（{number}）没有写您自己的判断"), _("写一句：他们做过什么接近的、凭什么、还不清楚什么")
    ),
    "matching.candidate_gone": Text(
        _("第 {position} 条（{number}）已不能给出：{why}"), _("去掉这一条，或重新生成名单")
    ),
    "matching.send_to_needed": Text(_("没有写发给谁"), _("写明单位里的哪一位，如 陈总工")),
    "matching.candidate_not_sent": Text(_("第 {position} 条没有发给对方，没有答复可记"), _("只记发出去的几条")),
    "matching.decline_reason_needed": Text(
        _("第 {position} 条不合适，没有选原因"), _("选一个原因；以后的排序靠它改进")
    ),
    "matching.answer_unreadable": Text(_("第 {position} 条的答复没有选好"), _("选“愿意见”“不合适”或“以后再说”")),
    "matching.answer_introduced": Text(
        _("第 {position} 条已经开始对接（{number}），答复不能再改"), _("在对接页里终止，写明原因")
    ),
    "matching.weights_whole": Text(_("“{part}”的份额 {value} 不能用"), _("写 0 到 1000 的整数；0 是不计这一项")),
    "matching.weights_none": Text(_("各项份额都是 0，无从排序"), _("至少给一项大于 0 的份额")),
    "matching.weights_same": Text(_("与现行的第 {number} 版相同"), _("没有要保存的改动")),
    "matching.weights_changed": Text(_("您打开之后，{by} 已保存第 {number} 版"), _("看过现行的份额，需要时再改一次")),
}
