"""The words for the codes of profiles: entering, masking, tagging, blocking, sheets, import."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

PROFILE_TEXTS: dict[str, Text] = {
    "matching.text_empty": Text(_("“{field}”没有写内容"), _("写下对方原话，三句话就够")),
    "matching.text_short": Text(_("“{field}”只有 {n} 个字，看不出要什么"), _("至少写 {least} 个字")),
    "matching.text_long": Text(_("“{field}”有 {n} 个字，最多 {most} 个"), _("只写要点，长材料作为附件上传")),
    "matching.text_control": Text(
        _("“{field}”第 {at} 个字是看不见的控制字符（{code}）"), _("多半是从别处复制带来的，删掉那一处再保存")
    ),
    "matching.text_emoji": Text(
        _("“{field}”第 {at} 个字是表情符号（{code}），打印和检索都认不出"), _("换成文字再保存")
    ),
    "matching.profile_known": Text(
        _("同一单位已有内容相同的 {number} {title}（{state}，有效期至 {until}）"),
        _("打开那一条修改或续期；确是另一件事，请把区别写进内容"),
    ),
    "matching.owner_needed": Text(_("没有写是谁的"), _("选择单位、项目或人员，至少一项")),
    "matching.owner_elsewhere": Text(_("“{name}”不在本驻点"), _("先在本驻点登记该单位、项目或人员")),
    "matching.officer_needed": Text(_("没有写服务专员"), _("从本驻点人员里选一位")),
    "matching.kind_not_needed": Text(_("“{kind}”只能作为供给登记"), _("换一个需求种类，或登记为供给")),
    "matching.project_says_nothing": Text(
        _("项目 {code} 没有写一句话介绍、产品或技术来源"), _("先在项目页写一句它做什么，再建草稿")
    ),
    "matching.publish_moved_on": Text(_("{number} 发布后已有人改过或已进入名单"), _("打开这一条，按需暂停")),
    "matching.masked_unseen": Text(_("脱敏文本还没有人看过"), _("核对脱敏文本，勾选“我已看过”再发布；或先存为草稿")),
    "matching.masked_tells": Text(_("脱敏文本里能看出是谁：{what}"), _("把它换成“某企业”之类的说法")),
    "matching.masked_word": Text(_("“{field}”里有“{value}”（{what}）"), _("删去或改写这几个字")),
    "matching.range_reversed": Text(_("“{field}”的下限 {lo} 大于上限 {hi}"), _("把两个数对调，或只填一个")),
    "matching.expiry_past": Text(_("有效期 {on} 早于今天 {today}"), _("写今天或以后的日期")),
    "matching.expiry_far": Text(_("有效期 {on} 超过 {most} 天"), _("供需要定期核实，写近一些，到期再续")),
    "matching.profile_voided": Text(_("{number} 已撤回：{reason}"), _("需要时重新登记一条")),
    "matching.profile_closed": Text(_("{number} 已了结：{reason}"), _("又有需要时重新登记一条")),
    "matching.state_already": Text(_("{number} 已经是“{state}”"), _("刷新页面看现在的状态")),
    "matching.reason_needed": Text(_("没有写原因"), _("写一句原因，以后查得到")),
    "matching.changed_meanwhile": Text(
        _("你打开之后，{who} 改过同样的内容：{fields}"), _("看清现在的内容，需要时再改一次")
    ),
    "matching.field_changed": Text(_("{field} 现在是“{value}”"), _("以现在的内容为准，或再改一次")),
    "matching.node_unknown": Text(_("本区产业链里没有环节“{node}”"), _("从列表里选，或选“其他”")),
    "matching.block_owner": Text(_("“{name}”就是这条供需自己的单位"), _("屏蔽名单只写别的单位")),
    "matching.block_twice": Text(_("“{name}”已在屏蔽名单里"), _("不用再加")),
    "matching.block_none": Text(_("“{name}”不在屏蔽名单里"), _("刷新页面看现在的名单")),
    "matching.reading_blocked": Text(_("“{name}”在屏蔽名单里，不能给它看"), _("先与登记人核实屏蔽名单")),
    "matching.reading_nobody": Text(_("没有写是谁看的"), _("写明单位或姓名")),
    "matching.reading_not_open": Text(_("“{what}”还不能给“{name}”看"), _("先发出候选、双方同意，或登记保密协议")),
    "matching.agreement_future": Text(_("签署日期 {on} 还没有到"), _("写实际签署的日期")),
    "matching.agreement_ends": Text(_("保密协议到期日 {until} 早于签署日 {on}"), _("核对两个日期")),
    "matching.agreement_twice": Text(_("“{name}”已登记过保密协议"), _("先作废旧的一份，再登记新的")),
    "matching.sheet_of_needs": Text(_("{number} 是供给，没有技术需求表"), _("只有需求才填技术需求表")),
    "matching.sheet_nothing": Text(_("没有填任何一项"), _("至少写一项；不知道的留空，仍显示“问企业”")),
    "matching.read_back_nobody": Text(_("没有写念给谁听"), _("写明企业里确认的人")),
    "matching.firm_unknown": Text(
        _("本驻点没有找到“{name}”，或有 {n} 家同名"), _("写全称或统一社会信用代码；没登记过的先登记单位")
    ),
    "matching.import_unreadable": Text(_("这个文件读不出来：{why}"), _("另存为 xlsx 再上传")),
    "matching.import_no_columns": Text(_("没有找到“{columns}”列"), _("下载模板，按模板的表头填写")),
    "matching.import_empty": Text(_("表里没有一行可以导入"), _("看每行的问题，改好再上传")),
    "matching.import_changed": Text(_("导入之后有 {n} 条已被修改或用过，不能撤销"), _("逐条撤回不要的")),
    "matching.import_row_used": Text(_("{number} {title} 已被修改，或已进入候选、对接"), _("要撤回请打开那一条")),
    "matching.import_state": Text(_("这次导入已经是“{state}”"), _("刷新页面看现在的状态")),
    "matching.row_side": Text(_("看不懂类别“{value}”"), _("写“需求”或“供给”")),
    "matching.row_kind": Text(_("看不懂种类“{value}”"), _("写：{known}")),
    "matching.row_owner": Text(_("没有写单位"), _("补上单位全称")),
    "matching.row_date": Text(_("看不懂有效期“{value}”，按默认天数"), _("写成 2026-11-23 这样")),
    "matching.row_amount": Text(_("看不懂金额“{value}”，按未知"), _("写成 300万元 或 100-300万元")),
    "matching.row_masked": Text(_("脱敏文本由系统提出，导入为草稿"), _("逐条核对后发布")),
    "matching.row_known": Text(_("与 {number} 内容相同，不再导入"), _("要修改请打开那一条")),
}
