"""The words for the codes of accounts and signing in."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "identity.login_malformed": Text(
        _("登录名“{login}”不合规"), _("用 2–59 个小写字母、数字或 . _ @ -，以字母或数字开头")
    ),
    "identity.login_taken": Text(_("登录名“{login}”已有人使用"), _("换一个登录名")),
    "identity.password_weak": Text(_("密码不符合要求"), _("至少 10 个字符，不要用常见密码、纯数字或与姓名相近的密码")),
    "identity.password_rule": Text("{rule}"),
    "identity.locked_out": Text(
        _("连续 {failures} 次登录失败，账户已锁定"), _("{minutes} 分钟后再试，或请管理员重设密码")
    ),
    "identity.not_permitted": Text(_("您的角色不能管理账号"), _("请管理员办理")),
    "identity.not_yourself": Text(_("不能对自己的账号做这件事"), _("请另一位管理员办理")),
    "identity.reason_needed": Text(_("没有写原因"), _("写明原因后再提交，原因会留在审计记录里")),
    "identity.closed": Text(_("账号已停用"), _("先恢复账号，再发邀请链接")),
    "identity.invitation_closed": Text(
        _("邀请链接已失效：用过、过期（{hours} 小时）、被新链接替换，或账号已停用"), _("请管理员重新发一条")
    ),
    "identity.phone_malformed": Text(
        _("这不像能收短信的手机号"), _("填写 11 位手机号；境外号码以 + 和国家或地区代码开头")
    ),
    "identity.phone_taken": Text(_("这个手机号已用于另一个账号"), _("换一个手机号，或请管理员核对")),
    "identity.sms_not_offered": Text(_("本系统没有开通短信"), _("用密码登录；没有密码请管理员发邀请链接")),
    "identity.sms_too_often": Text(_("验证码请求太频繁"), _("{seconds} 秒后再试")),
    "identity.sms_code_wrong": Text(
        _("验证码不对或已失效"), _("验证码 {minutes} 分钟内有效，最多试 {tries} 次；可以重新获取，或用密码登录")
    ),
    "identity.second_factor_wrong": Text(
        _("动态口令或恢复码不对，或已用过"), _("等验证器显示下一个口令再输入；手机时间要准")
    ),
    "identity.second_factor_required": Text(_("您的角色必须使用第二因素，不能停用"), _("要换手机，请管理员重设")),
    "identity.totp_wrong": Text(_("动态口令不对"), _("确认扫的是本页的二维码、手机时间准确，再输入当前的 6 位口令")),
    "identity.totp_there": Text(_("已经启用了第二因素"), _("要换手机，先停用再重新启用")),
    "identity.totp_none": Text(_("没有启用第二因素"), _("不需要操作")),
    "identity.oidc_unreachable": Text(_("统一身份认证暂时连不上"), _("稍后再试，或用密码登录")),
    "identity.oidc_failed": Text(
        _("统一身份认证没有成功（{why}）"), _("回到登录页重新开始；多次失败请告诉管理员括号里的词")
    ),
    "identity.oidc_unknown": Text(
        _("这个外部身份没有对应的账号"), _("先用密码登录，在“登录方式”里绑定；还没有账号请联系管理员")
    ),
    "identity.oidc_taken": Text(_("这个外部身份已绑定另一个账号"), _("先在那个账号上解除绑定")),
    "identity.oidc_there": Text(_("您的账号已绑定另一个外部身份"), _("先解除原来的绑定")),
    "identity.oidc_none": Text(_("没有绑定外部身份"), _("不需要操作")),
}
