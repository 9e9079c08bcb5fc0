"""Texts of space."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "space.lease_landlord_needed": Text(_("出租方或场地是空的"), _("填写出租方全称和场地位置")),
    "space.lease_order": Text(_("租期止 {ends_on} 不晚于租期起 {starts_on}"), _("核对租赁合同上的起止日期")),
    "space.lease_currency_needed": Text(_("租金“{value}”没有写币种"), _("写明币种，如 92000元、50元/㎡ 写 50元")),
    "space.lease_rent_unclear": Text(_("租金“{value}”看不出确数"), _("写成一个确数，如 92000元；未定就空着")),
    "space.lease_voided": Text(_("这份租约已经作废：{reason}"), _("刷新页面")),
    "space.lease_changed_meanwhile": Text(
        _("这份租约在您打开之后被改过"), _("您填写的还在；看过标出的几处再保存，就以您的为准")
    ),
    "space.lease_reason_needed": Text(_("没有写原因"), _("写明原因，便于日后核对")),
    "space.tenancy_outlasts_lease": Text(
        _("入驻协议租期止 {term_to} 晚于上游租约到期日 {ends_on}"),
        _("把租期改到 {ends_on} 或更早；上游租约已续签的，先登记续签后的租约"),
    ),
    "space.no_head_lease": Text(
        _("本驻点没有登记上游租约，无法核对入驻租期 {term_to}"), _("请运营方负责人登记上游租约")
    ),
    "space.tenancy_term_unknown": Text(_("入驻协议没有写租期，无法与上游租约核对"), _("补写租期起止")),
    "space.tenancy_outlasts": Text(
        _("{name}：租期止 {term_to}，晚于上游租约 {days} 天"), _("与企业协商缩短，或续签上游租约")
    ),
}
