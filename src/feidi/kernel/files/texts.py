"""Texts of the files' codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "files.empty": Text(_("文件“{name}”是空的"), _("请确认文件已保存完整后重新上传")),
    "files.too_large": Text(_("文件“{name}”超过 {limit_mb} MB"), _("请压缩图片或分成几个文件上传")),
    "files.archive": Text(_("不收压缩包（“{name}”）"), _("请解压后逐个上传")),
    "files.macro": Text(_("“{name}”含有宏"), _("请另存为不含宏的 XLSX 或 DOCX 后上传")),
    "files.encrypted": Text(_("“{name}”设有密码，无法查看内容"), _("请去掉密码后上传")),
    "files.active": Text(_("“{name}”是网页或程序，不收"), _("请打印成 PDF 或截图后上传")),
    "files.heic": Text(
        _("“{name}”是 HEIC 照片，多数电脑打不开"),
        _("请在手机相机设置中选“兼容性最佳”，或把照片另存为 JPG 后上传"),
    ),
    "files.office_kind": Text(
        _("“{name}”的格式不在可收范围（{accepted}）"), _("请另存为 XLSX、DOCX 或导出为 PDF 后上传")
    ),
    "files.unknown_kind": Text(_("认不出“{name}”是什么文件"), _("可收：{accepted}")),
    "files.text_named_otherwise": Text(
        _("“{name}”的内容是纯文本，扩展名却是 {extension}"), _("文本只收 .txt 和 .csv，请改用正确的扩展名")
    ),
    "files.broken": Text(_("“{name}”已损坏，打不开"), _("请重新导出或拍摄后上传")),
    "files.bomb": Text(_("“{name}”解压后过大，像是恶意文件"), _("请用办公软件打开后另存再上传")),
    "files.picture_too_large": Text(_("图片“{name}”超过 {megapixels} 百万像素"), _("请缩小尺寸或降低扫描分辨率后上传")),
    "files.secret": Text(
        _("“{name}”带有密级标志“{mark}”。本系统是非涉密系统，严禁上传国家秘密、工作秘密"),
        _("请勿在本系统保存该文件，按保密规定处理；如标志有误，请由定密单位更正后再上传"),
    ),
    "files.internal": Text(
        _("“{name}”像是内部资料或红头文件（“{mark}”）"),
        _("确认不涉密且有权使用的，请写明上传理由；否则请勿上传"),
    ),
    "files.mark_in_name": Text(_("文件名中有“{mark}”")),
    "files.mark_in_page": Text(_("首页有“{mark}”")),
    "files.picture_has_place": Text(_("照片“{name}”内含拍摄位置；系统不读取、不显示，原图照存")),
    "files.page_unread_no_text": Text(_("“{name}”没有文字层（扫描件），未能检查密级标志"), _("请自行确认文件不涉密")),
    "files.page_unread_no_reader": Text(
        _("本机未安装 pdftotext，“{name}”的首页未检查密级标志"),
        _("请自行确认文件不涉密；管理员可安装 poppler-utils"),
    ),
    "files.page_unread_unreadable": Text(_("“{name}”的首页读不出文字，未能检查密级标志"), _("请自行确认文件不涉密")),
    "files.not_found": Text(_("找不到这个文件"), _("它可能已撤下，或不在您的可见范围")),
    "files.may_not_open": Text(_("您的角色不能打开“{name}”"), _("请联系驻点负责人或管理员")),
    "files.voided": Text(_("“{name}”已撤下：{reason}"), _("请使用重新提交的文件")),
    "files.void_needs_reason": Text(_("撤下“{name}”要写理由")),
    "files.bytes_missing": Text(
        _("“{name}”的内容在服务器上找不到或不完整"), _("请管理员从备份恢复文件目录（feidi doctor 会列出）")
    ),
}
