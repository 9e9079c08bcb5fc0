"""Texts of the flow ledger and the wall."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_FLOWS: dict[str, Text] = {
    "reporting.flow_no_source": Text(
        _("没有这个来源，或它不产生要素流动"), _("来源只能是核验落地、技术合同、投融资成果、到岗人才或到岗月份")
    ),
    "reporting.flow_not_proven": Text(_("来源还没有已采信的证据，或已撤销"), _("先由审核人采信证据，再入账")),
    "reporting.flow_entered": Text(_("这个来源已经入账"), _("打开原来的一笔；有误先冲销，写明理由")),
    "reporting.flow_set_aside": Text(_("这个来源已判定不计入要素流动"), _("先恢复判定，写明理由")),
    "reporting.flow_amount_needed": Text(_("没有金额或币种，或金额不大于零"), _("填凭证上的金额和币种")),
    "reporting.flow_is_counter": Text(_("冲销分录不能再冲销"), _("来源恢复有效后会重新入账")),
    "reporting.flow_countered": Text(_("这一笔已经冲销"), _("看它的冲销分录和理由")),
    "reporting.flow_aside_voided": Text(_("这条判定已经恢复过"), _("刷新页面")),
}
