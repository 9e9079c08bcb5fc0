"""The words for the codes of duplicates and merges."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

DUPLICATE_TEXTS = {
    "parties.number_there": Text(_("这个单位已经有号码“{value}”"), _("核对要改的是哪一个号码")),
    "parties.number_gone": Text(_("号码“{value}”已经不在这个单位上"), _("刷新页面，看现在登记的号码")),
    "parties.number_malformed": Text(_("号码“{value}”不能用"), _("对照登记证填写，最多 40 个字符")),
    "parties.name_same": Text(_("名称没有变：{name}"), _("改了再保存")),
    "parties.alias_there": Text(_("“{name}”已经登记过"), _("不用重复登记")),
    "parties.alias_gone": Text(_("没有“{name}”这个名称"), _("刷新页面")),
    "parties.correct_not_yours": Text(_("您所在的驻点没有联系“{name}”"), _("请联系它的驻点更正")),
    "parties.organization_voided": Text(_("“{name}”已作废：{reason}"), _("打开现在的单位再改")),
    "parties.relation_in_future": Text(_("日期 {value} 还没有到"), _("填写实际发生的日期")),
    "parties.relation_to_itself": Text(_("填的就是“{name}”自己"), _("填写后来注册的公司全称")),
    "parties.relation_known": Text(_("已登记过延续为“{name}”"), _("不用重复登记")),
    "parties.same_code": Text(_("统一社会信用代码相同"), ""),
    "parties.same_person": Text(_("联系人相同"), ""),
    "parties.uscc_length": Text(
        _("统一社会信用代码“{value}”是 {n} 位，应为 18 位"), _("对照营业执照补全或删去多余字符")
    ),
    "parties.uscc_letter": Text(
        _("统一社会信用代码“{value}”第 {place} 位“{letter}”不可能出现"),
        _("代码里没有字母 I、O、S、V、Z；第 3—8 位（行政区划）只有数字，对照营业执照核对"),
    ),
    "parties.uscc_check": Text(
        _("统一社会信用代码“{value}”第 18 位校验码不对：写的是“{letter}”，按前 17 位应为“{wanted}”"),
        _("对照营业执照核对：末位错，或前 17 位里有一位错（常见于 0/O、1/I、2/Z、8/B 混淆）"),
    ),
    "parties.uscc_body_check": Text(
        _("统一社会信用代码“{value}”第 17 位（组织机构代码校验码）不对：写的是“{letter}”，按第 9—16 位应为“{wanted}”"),
        _("对照营业执照核对第 9—17 位"),
    ),
    "parties.pair_decided": Text(_("这一对已由 {by} 处理：{state}"), _("刷新后再看；要改，请从该单位的页面重新提出")),
    "parties.pair_hidden": Text(
        _("两家之中有一家本驻点没有联系过，不能替别的驻点下结论"), _("请致电 {outpost} {phone} 协调")
    ),
    "parties.pair_same": Text(_("不能把 {name} 和它自己比"), _("另选一家")),
    "parties.pair_other_unknown": Text(
        _("没有找到另一家“{words}”"), _("写另一家的全称或统一社会信用代码，须是本驻点联系过的")
    ),
    "parties.pair_remembered": Text(
        _("{by} 已认定 {left} 与 {right} 不是同一家"), _("认定有误时，请在查重页的“不是同一家”里重新打开")
    ),
    "parties.relation_kind": Text(_("“{kind}”不是可选的关系"), _("选择分支机构或子公司")),
    "parties.merge_needs_reason": Text(
        _("没有写合并的理由"), _("写明凭什么认定是同一家，如代码相同、营业执照、企业确认")
    ),
    "parties.merge_same": Text(_("{name} 不能并入它自己"), _("另选一家")),
    "parties.merge_voided": Text(_("{name} 已经作废或已被合并（{why}）"), _("刷新页面，看它现在并入了哪一家")),
    "parties.merge_across": Text(
        _("不能合并：两家不都是您的驻点联系过的。合并会让一方驻点看到另一方的联系情况"),
        _("请下列驻点协调；或由同时联系两家的驻点办理"),
    ),
    "parties.merge_not_linked": Text(_("有一家自 {since} 起由 {outpost} 联系"), _("请致电 {outpost} {phone}")),
    "parties.merge_not_yours": Text(_("这次合并不属于您的驻点"), _("请联系它的驻点办理")),
    "parties.merge_two_codes": Text(
        _("两家各有一个校验正确的统一社会信用代码：{kept} 与 {gone}，一般是两个法人"),
        _("核对营业执照；确认其中一个是写错的，再勾选“代码已核对”"),
    ),
    "parties.merge_changed_meanwhile": Text(_("预览之后 {kept} 或 {gone} 又有变动"), _("重新看一遍预览，再合并")),
    "parties.merge_relation_unknown": Text(
        _("不知道合并时怎样处理这些关联：{relations}"), _("请开发人员在合并表里写明后再合并；未写明之前一律不合并")
    ),
    "parties.merge_undone": Text(_("这次合并已由 {by} 撤销"), _("不用再次撤销")),
    "parties.merge_kept_gone": Text(_("{name} 后来又被合并或作废"), _("先撤销后面的合并")),
    "parties.merge_undo_changed": Text(
        _("不能撤销：{n} 条已移动的记录在合并之后又被改过"), _("下列各条由经手人核对后再处理；其余没有动")
    ),
    "parties.merge_row_changed": Text(_("{what}：{name}"), _("合并之后有人改过这一条")),
}
