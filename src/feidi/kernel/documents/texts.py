"""Texts of the forms' codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "documents.unknown_form_code": Text(_("没有名为 {form} 的表单"), _("程序可能已更新，请刷新页面后重试")),
    "documents.data_incomplete": Text(_("表单 {form} 缺少：{fields}"), _("请补齐后再打印")),
    "documents.field_missing": Text(_("缺少 {field}")),
    "documents.font_missing": Text(
        _("服务器缺少中文字体：{fonts}"),
        _(
            "请管理员安装 fonts-noto-cjk（Debian/Ubuntu：apt-get install fonts-noto-cjk），或把字体放进 FEIDI_FONTS 目录"
        ),
    ),
    "documents.typesetting_failed": Text(_("表单 {form} 排版失败：{why}"), _("请把这句话告诉管理员")),
    "documents.qr_read": Text(_("已识别二维码")),
    "documents.qr_no_code": Text(_("图片中找不到表单二维码")),
    "documents.qr_foreign_code": Text(_("图片中的二维码不是本系统表单的")),
    "documents.qr_several_codes": Text(_("图片中有几张不同表单的二维码")),
    "documents.qr_unreadable": Text(_("图片打不开，或 PDF 无法转成图片")),
    "documents.qr_no_pdf_reader": Text(
        _("服务器未安装 pdftoppm，无法识别 PDF 扫描件"), _("请改传照片；管理员可安装 poppler-utils")
    ),
    "documents.qr_needs_person": Text(
        _("没有认出这是哪张表单"),
        _("请把整张纸拍平、拍清右上角二维码后重传；或自行选择表单并写明为何确认是它"),
    ),
    "documents.unknown_form": Text(
        _("二维码的表单编号 {token} 在您的可见范围内找不到"), _("请核对是否本驻点打印的表单")
    ),
    "documents.other_form": Text(
        _("照片上是“{found}”（{found_token}），您选择的是“{chosen}”（{chosen_token}）"),
        _("请换成对应的照片，或到那张表单下上传"),
    ),
    "documents.record_altered": Text(
        _("“{title}”（{token}）在系统中的内容与打印时的校验值不一致，记录可能被改动"),
        _("请管理员运行 feidi audit verify 查明后，重新打印签署"),
    ),
    "documents.paper_altered": Text(
        _("照片上“{title}”（{token}）的校验值与系统记录不一致，纸面可能被改动"), _("请重新打印签署")
    ),
    "documents.content_changed": Text(
        _("“{title}”于 {printed} 打印后内容已变化（{fields}），签的不是现在的内容"), _("请重新打印后签署")
    ),
    "documents.signers_missing": Text(_("“{title}”没有写明签署人"), _("请照纸面逐一填写姓名和身份")),
    "documents.signer_twice": Text(_("“{title}”的同一签署人填了两次"), _("请每人只填一次")),
    "documents.signed_in_future": Text(_("签署日期 {date} 在今天之后"), _("请照纸面填写")),
    "documents.signed_before_print": Text(_("签署日期 {date} 早于打印日期 {printed}"), _("请照纸面填写")),
    "documents.copy_is_no_picture": Text(_("“{name}”不是照片或 PDF"), _("请上传签署后表单的照片或扫描件")),
    "documents.file_of_other_subject": Text(_("“{name}”不属于“{title}”所在的项目"), _("请在该项目下上传照片")),
    "documents.already_attached": Text(_("“{name}”已附在“{title}”上"), _("不用重复上传")),
    "documents.void_needs_reason": Text(_("撤下“{title}”的签署件要写理由")),
    "documents.copy_voided": Text(_("“{title}”的这份签署件已撤下：{reason}")),
    "documents.not_found": Text(_("找不到这张表单"), _("它可能不在您的可见范围")),
    "documents.signed_on_paper": Text(_("线下签署 {date}，{count} 人")),
    "documents.signed_and_sealed": Text(_("线下签署 {date}，{count} 人，已盖章")),
}
