"""Texts of the codes of backup and restore."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "backup.exists": Text(_("{path} 已存在，没有覆盖"), _("请换一个文件名，或先移走旧文件")),
    "backup.unreadable": Text(_("{path} 不是飞地的备份文件，或无法读取"), _("请确认文件完整，且由 feidi backup 生成")),
    "backup.damaged": Text(_("备份文件已损坏：{member}（{why}），没有恢复任何内容"), _("请使用另一份备份")),
    "backup.newer_than_program": Text(
        _("备份来自更新版本的程序（{count} 项数据库升级本程序没有，如 {first}）"), _("请先升级程序再恢复")
    ),
    "backup.unknown_format": Text(_("不认识的备份格式 {format}"), _("请用生成该备份的程序版本恢复")),
    "backup.not_empty": Text(
        _("数据库中已有数据（用户 {users}，审计 {links} 环），没有恢复"),
        _("请恢复到空的安装位置；确要替换现有数据请加 --force"),
    ),
    "backup.files_not_empty": Text(
        _("附件目录中已有 {count} 个文件，没有恢复"), _("请恢复到空的安装位置；确要替换请加 --force")
    ),
    "backup.still_running": Text(_("系统仍在运行（{name}），没有恢复"), _("请先停止 feidi serve")),
    "backup.keys_unreadable": Text(_("{path} 不是密钥文件"), _("请给出 feidi backup --keys-to 生成的文件或密钥目录")),
    "backup.counts_differ": Text(_("{table} 应有 {expected} 行，恢复后为 {found} 行")),
}
