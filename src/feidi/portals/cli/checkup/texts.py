"""Texts of the doctor's answers: what was found, and how to mend it."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "doctor.database_usable": Text(_("数据库可用（{vendor} {version}）")),
    "doctor.database_unreachable": Text(
        _("连不上数据库（{vendor}，{error}）"), _("请检查 DATABASE_URL、网络与数据库服务")
    ),
    "doctor.database_not_migrated": Text(_("数据库还有 {count} 项升级未执行（如 {first}）"), _("请运行 feidi migrate")),
    "doctor.journal_wal": Text(_("SQLite 处于 WAL 模式")),
    "doctor.journal_not_wal": Text(
        _("SQLite 处于 {mode} 模式，读写会互相等待"), _("请把 FEIDI_HOME 放在本地磁盘（网络盘不支持 WAL）")
    ),
    "doctor.collation": Text(_("数据库字符排序 {name}")),
    "doctor.collation_c": Text(
        _("数据库字符排序为 {name}，中文检索不可用"), _("请以 C.UTF-8 或 zh_CN.UTF-8 重建数据库")
    ),
    "doctor.audit_append_only": Text(_("审计表只能追加")),
    "doctor.audit_triggers_missing": Text(
        _("审计表的防改触发器不在"), _("请查明原因，恢复触发器后运行 feidi audit verify")
    ),
    "doctor.audit_tail_cut": Text(
        _("最近备份时的审计末环（第 {total} 条）已不在库中，审计链被截断"), _("请停用系统，用该备份核对并查明原因")
    ),
    "doctor.clock": Text(_("时钟正常")),
    "doctor.clock_behind": Text(_("本机时钟比最后一条审计记录还早 {minutes} 分钟"), _("请校准服务器时间")),
    "doctor.clocks_apart": Text(_("本机与数据库服务器的时钟相差 {seconds} 秒"), _("请在两台机器上启用时间同步")),
    "doctor.content_published": Text(_("已发布内容 {count} 个文件，与目录一致")),
    "doctor.content_missing": Text(_("还没有载入内容"), _("请运行 feidi content load")),
    "doctor.content_differs": Text(
        _("目录中有 {count} 个内容文件与已发布的不同（如 {first}）"), _("请用 feidi content diff 查看，确认后载入")
    ),
    "doctor.content_folder_unreadable": Text(_("内容目录无法读取（{refused}）"), _("请检查 FEIDI_CONTENT")),
    "doctor.calendar": Text(_("工作日历已到 {last} 年")),
    "doctor.calendar_year_provisional": Text(
        _("{year} 年没有放假安排，本年时限均为暂定"), _("请上传国务院办公厅当年的放假通知")
    ),
    "doctor.calendar_next_year_provisional": Text(
        _("{year} 年的放假安排还没有录入，跨年时限为暂定"), _("通知发布后请上传")
    ),
    "doctor.worker_alive": Text(_("后台任务进程 {count} 个在运行")),
    "doctor.worker_silent": Text(
        _("没有后台任务进程在运行"), _("请运行 feidi serve，或另起 feidi serve --worker-only")
    ),
    "doctor.scheduler_alive": Text(_("定时进程 {count} 个在运行")),
    "doctor.scheduler_silent": Text(
        _("没有定时进程在运行"), _("请运行 feidi serve，或另起 feidi serve --scheduler-only")
    ),
    "doctor.schedules": Text(_("定时任务按时")),
    "doctor.schedules_late": Text(_("{count} 个定时任务逾期未执行（如 {first}）"), _("请确认定时进程在运行")),
    "doctor.jobs": Text(_("近七天没有失败的后台任务")),
    "doctor.jobs_failed": Text(_("近七天有 {count} 个后台任务失败"), _("请在任务页面查看原因")),
    "doctor.jobs_waiting": Text(
        _("{count} 个后台任务排队超过 {minutes} 分钟"), _("请确认后台任务进程在运行，必要时增加 --job-workers")
    ),
    "doctor.backup": Text(_("最近备份 {at}；密钥不在备份中，请另行保管")),
    "doctor.backup_never": Text(_("还没有备份过"), _("请每日运行 feidi backup，并另行保管密钥（--keys-to）")),
    "doctor.backup_old": Text(_("最近一次备份已是 {days} 天前"), _("请每日运行 feidi backup")),
    "doctor.backup_beside_keys": Text(_("备份 {path} 放在密钥目录里"), _("请分开存放：同时丢失备份与密钥等于没有加密")),
    "doctor.demonstration": Text(_("这是演示安装，数据为虚构")),
    "doctor.debug_off": Text(_("调试模式已关闭")),
    "doctor.debug_on": Text(_("调试模式开着，错误页面会泄露内部信息"), _("请关闭 DEBUG")),
    "doctor.hosts": Text(_("允许的域名：{names}")),
    "doctor.hosts_local": Text(_("只能从本机访问"), _("正式使用请设置 FEIDI_HOSTS=域名")),
    "doctor.hosts_any": Text(_("允许任何域名访问"), _("请把 FEIDI_HOSTS 设为实际域名")),
    "doctor.https": Text(_("按 HTTPS 访问")),
    "doctor.https_off": Text(_("没有启用 HTTPS，口令会明文传输"), _("请在前置代理上配置证书，并设置 FEIDI_HTTPS=1")),
    "doctor.keys": Text(_("密钥在 {path}，仅本用户可读；请另行备份")),
    "doctor.keys_open": Text(_("其他用户可以读取密钥（{path}：{names}）"), _("请运行 chmod -R go-rwx {path}")),
    "doctor.keys_among_files": Text(_("密钥目录 {path} 在附件目录里，会进入备份"), _("请把 FEIDI_KEYS 移到别处")),
    "doctor.secret_missing": Text(_("没有签名密钥（{path}）"), _("重新启动会生成新的；用户须重新登录")),
    "doctor.passwords": Text(_("已抽查 {tried}/{count} 个账号，没有演示或与登录名相同的口令")),
    "doctor.passwords_poor": Text(
        _("{count} 个账号使用演示口令或与登录名相同的口令：{logins}"), _("请立即修改或停用这些账号")
    ),
    "doctor.passwords_demonstration": Text(_("演示账号使用公开口令"), _("不要把演示安装用于实际业务")),
    "doctor.signing_in": Text(_("登录方式：短信 {sms}，统一身份认证 {oidc}")),
    "doctor.sms_incomplete": Text(
        _("短信设置不完整（FEIDI_SMS_GATEWAY={gateway}）"),
        _("取值 none、log 或 http；http 还要 FEIDI_SMS_URL，FEIDI_SMS_BODY 须是 JSON"),
    ),
    "doctor.sms_log": Text(
        _("短信写入文件，谁能读文件谁就能登录"), _("正式使用请把 FEIDI_SMS_GATEWAY 改为 http 或 none")
    ),
    "doctor.oidc_incomplete": Text(
        _("统一身份认证设置不完整（{issuer}）"), _("FEIDI_OIDC_ISSUER 用 https 地址，并设 FEIDI_OIDC_CLIENT_ID")
    ),
    "doctor.disk": Text(_("磁盘剩余 {gigabytes} GB")),
    "doctor.disk_low": Text(_("磁盘只剩 {megabytes} MB"), _("请清理或扩容")),
    "doctor.disk_full": Text(_("磁盘只剩 {megabytes} MB，随时可能写入失败"), _("请立即清理或扩容")),
    "doctor.uploads": Text(_("附件目录可写")),
    "doctor.uploads_not_writable": Text(_("附件目录 {path} 不可写（{error}）"), _("请检查目录的属主与权限")),
    "doctor.fonts": Text(_("PDF 所需中文字体齐全")),
    "doctor.fonts_missing": Text(_("缺少中文字体：{names}，不能生成 PDF"), _("请安装 fonts-noto-cjk")),
}
