"""The words for the codes of titles and stand-ins."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TITLE_TEXTS = {
    "parties.reason_needed": Text(_("没有写原因"), _("写明原因后再提交")),
    "parties.title_unknown": Text(_("资质名录里没有“{title}”"), _("可用的有：{known}；名录见 enclave/titles.yaml")),
    "parties.title_dates": Text(_("有效期止 {until} 早于有效期起 {since}"), _("对照证书核对两个日期")),
    "parties.title_not_linked": Text(_("{outpost} 没有联系过 {name}"), _("先登记该单位的线索，再记它的资质")),
    "parties.title_double": Text(
        _("{name} 的这项资质（自 {since} 起）已经记过"), _("续期请用“登记下一期”，记错请先作废")
    ),
    "parties.title_renewed_backwards": Text(
        _("下一期的起始日期须晚于本期的 {since}"), _("对照新证书核对日期；本期记错请作废重记")
    ),
    "parties.title_voided": Text(_("这条资质已经作废：{why}"), _("不用再次作废")),
    "parties.title_day": Text(_("看不懂日期“{value}”"), _("写到日，如 2026-11-23")),
    "parties.title_row": Text(_("{name}：{what}"), _("改好这一行再粘贴，其余行不受影响")),
    "parties.titles_unread": Text(
        _("没有读到资质：首行须有列名，至少要有单位名称和资质名称两列"), _("从表格里连同表头一起复制")
    ),
    "parties.titles_rows_bad": Text(_("{n} 行有问题，一行也没有写入"), _("按下面的说明改好后再提交")),
    "parties.stand_in_self": Text(_("{name} 不能给自己替班"), _("换一位同事")),
    "parties.stand_in_days": Text(_("结束日 {until} 早于开始日 {since}"), _("核对两个日期")),
    "parties.stand_in_past": Text(_("结束日 {until} 已经过去"), _("填写今天或以后的日期")),
    "parties.stand_in_no_role": Text(_("{name} 在 {outpost} 没有角色"), _("选择本驻点在岗的同事")),
    "parties.stand_in_overlaps": Text(
        _("{name} 在 {since} 至 {until} 已由 {stand_in} 替班"), _("先撤回那一条，或改日期")
    ),
    "parties.stand_in_away": Text(_("{name} 那几天自己也不在岗"), _("换一位同事，或改日期")),
    "parties.stand_in_voided": Text(_("这条替班已经撤回：{why}"), _("不用再次撤回")),
}
