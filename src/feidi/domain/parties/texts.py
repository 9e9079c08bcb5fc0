"""The words for the codes of parties."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "parties.not_permitted": Text(
        _("您的角色不能做这件事：需要“{what}”的权限"), _("请运营方负责人或管理员办理，或请其授予相应角色")
    ),
    "parties.changed_meanwhile": Text(_("{what} 刚被别人改过"), _("看过现在的内容再改")),
    "parties.field_changed": Text(_("{who} 已改为“{value}”")),
    "parties.voided": Text(_("{what} 已作废：{reason}"), _("刷新后再看")),
    "parties.outpost_unknown": Text(_("没有编号为“{code}”的驻点"), _("用 feidi content load 载入驻点内容，或核对编号")),
    "parties.role_unknown": Text(_("内容里没有角色“{role}”"), _("可用角色见 enclave/roles.yaml：{known}")),
    "parties.role_scope": Text(_("角色“{role}”须授予在{needed}上，现在给的是{given}"), _("按角色的范围重新选择")),
    "parties.colleague_in_use": Text(
        _("{name} 的账号已在使用，或另有角色，不能由单位换链接"), _("忘记密码请联系运营方管理员")
    ),
    "parties.colleagues_full": Text(_("本单位已有 {most} 个账号"), _("先结束已离职同事的账号")),
    "parties.membership_ended": Text(_("这个角色已于 {on} 结束"), _("不需要再结束；要恢复请重新授予")),
    "parties.membership_ends_early": Text(
        _("止日必须晚于起日 {start}"), _("填 {start} 之后的一天；从那天起不再持有这个角色")
    ),
    "parties.name_needed": Text(_("名称是空的"), _("填写名称")),
    "parties.phone_malformed": Text(
        _("电话“{value}”不像电话号码"), _("填写手机号（11位）或带区号的座机；境外号码以 + 开头")
    ),
    "parties.contact_unreadable": Text(_("这条联系方式打不开：本机没有它的密钥"), _("恢复密钥文件 fields.keys 后再试")),
    "parties.uscc_invalid": Text(_("统一社会信用代码“{value}”校验位不对"), _("对照营业执照核对18位代码")),
    "parties.organization_known_elsewhere": Text(
        _("该单位已在系统中（自 {since} 起，由 {outpost} 联系）"), _("请致电 {outpost} {phone} 协调，系统不显示其内容")
    ),
}
