"""The words for the codes of mail."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "notify.nobody": Text(_("没有登录"), _("登录后再设置邮件")),
    "notify.not_yours": Text(_("只能设置自己的邮件"), _("请本人登录后设置")),
    "notify.no_address": Text(_("{name} 没有登记邮箱"), _("请管理员在账号里登记邮箱后再发")),
    "notify.account_closed": Text(_("{name} 的账号已停用，没有发邮件"), _("换一个收件人")),
    "notify.bad_address": Text(_("“{value}”不是能收信的邮箱"), _("写成 name@example.cn 这样")),
    "notify.bad_subject": Text(_("邮件标题不能用：“{value}”"), _("写 1—{most} 个字，不换行")),
    "notify.no_text": Text(_("邮件没有正文"), _("写一句为什么发、到哪里看")),
    "notify.too_big": Text(_("附件共 {size} 字节，超过 {most} 字节"), _("不随信附上，在信里写明到哪一页下载")),
    "notify.bad_attachment": Text(_("附件名“{value}”不能用"), _("文件名不含斜杠和换行，写明类型，如 text/calendar")),
    "notify.unknown_topic": Text(_("没有“{value}”这一类摘要"), _("刷新页面后重选")),
    "notify.refused_by_server": Text(_("收信的服务器不收 {hint} 的信"), _("核对邮箱；改正后重新发一封")),
    "notify.link_unknown": Text(_("这个退订链接认不出来"), _("从最近一封邮件里打开，或登录后在“邮件”页退订")),
    "notify.robot_address": Text(
        _("机器人地址不是可用的网址"), _("从群机器人设置里整条复制，以 https:// 开头，不含空格和中文")
    ),
    "notify.robot_host": Text(
        _("机器人地址的主机 {host} 不在允许之列"), _("可用：{known}；自建的请管理员写进 FEIDI_ROBOT_HOSTS")
    ),
    "notify.robot_name": Text(_("没有写群名"), _("写清是哪个群，如 招商工作群")),
    "notify.robot_name_taken": Text(_("已有叫“{name}”的机器人"), _("换一个名字，或停用原来的")),
    "notify.robot_voided": Text(_("机器人“{name}”已停用：{reason}"), _("换一个，或重新登记")),
    "notify.robot_void_needs_reason": Text(_("停用没有写原因"), _("请写明，如 群已解散、密钥泄露")),
    "notify.robot_no_text": Text(_("消息没有内容"), _("写一句话")),
    "notify.robot_refused": Text(
        _("群“{name}”没有收下消息（对方代码 {code}）"), _("核对地址和密钥，群里要求关键词的请改成加签后再试")
    ),
}
