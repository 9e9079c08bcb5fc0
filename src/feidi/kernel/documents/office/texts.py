"""Texts of the codes of papers, forms and figure checks."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

_SAVE_AS = _("请用 WPS 或 Word/Excel 打开，另存为 DOCX 或 XLSX 后重新上传")

TEXTS = {
    "office.empty": Text(_("文件“{name}”是空的"), _("请确认文件已保存完整后重新上传")),
    "office.too_large": Text(
        _("文件“{name}”超过 {limit_mb} MB，无法处理"), _("请删去多余的图片、空行空列后另存再上传")
    ),
    "office.not_office": Text(_("“{name}”不是 Word（DOCX）或 Excel（XLSX）文件"), _SAVE_AS),
    "office.old_kind": Text(_("“{name}”是旧格式或其他办公格式（如 DOC、XLS、ET、WPS、PPT）"), _SAVE_AS),
    "office.other_kind": Text(_("“{name}”是 {found} 文件，这里要的是 {wanted}"), _("请换成对应格式的文件")),
    "office.encrypted": Text(_("“{name}”设有密码，打不开"), _("请去掉密码后上传")),
    "office.macro": Text(_("“{name}”含有宏或控件"), _("请另存为不含宏的 DOCX 或 XLSX 后上传")),
    "office.bomb": Text(_("“{name}”解压后过大，像是恶意文件"), _SAVE_AS),
    "office.entities": Text(_("“{name}”内含实体声明，正常的办公文件不会有"), _SAVE_AS),
    "office.strict": Text(_("“{name}”是“严格 Open XML”格式"), _("请另存为普通的 DOCX 或 XLSX 后上传")),
    "office.broken": Text(_("“{name}”已损坏，打不开"), _SAVE_AS),
    "office.too_many_cells": Text(_("“{name}”的表格超过 {limit} 格"), _("请删去多余的空行空列后另存再上传")),
    "office.secret_mark": Text(
        _("报头的密级写着“{mark}”。本系统是非涉密系统，不得制作涉密文件"),
        _("请删去密级；确属涉密的，请按保密规定在涉密设备上制作"),
    ),
    "office.no_picture": Text(_("插图不是 PNG 或 JPEG 图片，或已损坏"), _("请换一张图片")),
    "office.no_such_place": Text(_("表里没有“{place}”这个位置"), _("请在预览图上重新点选")),
    "office.place_is_formula": Text(_("“{place}”是公式，不能绑定"), _("请选公式引用的原始格子")),
    "office.bad_option": Text(_("绑定“{place}”的选项 {option} 不合适：{value}"), _("请重新设置该绑定")),
    "office.form_changed": Text(
        _("表“{name}”的版式变了，有 {count} 处绑定对不上"), _("请逐处确认新位置；都确认后再填")
    ),
    "office.place_moved": Text(_("{place}（{landmark}）现在到了 {proposal}"), _("请确认把绑定改到 {proposal}")),
    "office.place_lost": Text(_("{place}（{landmark}）在新表里找不到"), _("请在预览图上重新点选，或删去这处绑定")),
    "office.place_doubtful": Text(_("{place}（{landmark}）在新表里有几处相似：{proposals}"), _("请在预览图上选定一处")),
    "office.source_unknown": Text(_("{place} 绑定的数据 {source} 没有给出，未填"), _("请检查绑定，或补上这项数据")),
    "office.kept_formula": Text(_("{place} 是公式（{formula}），未改动"), _("如要填数，请先在原表中删去公式")),
    "office.kept_label": Text(_("{place} 原有文字“{text}”，未覆盖"), _("如确要覆盖，请在绑定中选“允许覆盖”")),
    "office.kept_merged": Text(_("{place} 在合并单元格 {merged} 里，已填到左上角")),
    "office.bookmark_spans": Text(_("书签 {place} 跨了几段，未填"), _("请让书签只在一段之内")),
    "office.replaced_number": Text(_("{place} 原有数字 {old}，已改为 {new}")),
    "office.replaced_text": Text(_("{place} 原有文字“{old}”，已改为“{new}”")),
    "office.unit_differs": Text(
        _("{place} 表头单位是{form_unit}，数据单位是{unit}，未换算"), _("请在绑定中设置换算倍数")
    ),
    "office.rows_do_not_fit": Text(
        _("{place} 下方只有 {room} 行空格，名单有 {count} 行，后 {left} 行未填"),
        _("请在绑定中选“自动插行”，或请对方加行"),
    ),
    "office.rows_inserted": Text(_("{place} 下方插入了 {count} 行")),
    "office.signature_broken": Text(_("表上的电子签名因填写而失效"), _("请在填好后重新签名")),
    "office.recalculated": Text(_("表内 {count} 个公式将在打开时重新计算")),
    "office.external_formula": Text(_("{count} 个公式引用别的文件，仍是旧值"), _("请在打开后手动更新链接")),
    "office.pivot_stale": Text(_("表内有数据透视表，需手动刷新"), _("请打开后右键“刷新”")),
    "office.red_not_possible": Text(_("{place} 用了表格样式之外的格式，新填文字未能标红")),
    "office.figure_differs": Text(
        _("{place}：{found} 与台账 {expected} 不符（截至{as_of}）"), _("{label}：请改回，或先更正台账后重新出稿")
    ),
    "office.figure_without_source": Text(
        _("{place}：{found} 无出处（{sentence}）"), _("请核对，或补上依据后由台账出数")
    ),
    "office.figure_gone": Text(_("{label} {expected}（截至{as_of}）在改稿中没有找到")),
    "office.paper_too_long": Text(_("“{name}”太长（超过 {limit} 段），不作核对"), _("请分开上传")),
    "office.paper_one_page": Text(_("约 {pages} 页，专报应为一页"), _("请删减约 {lines} 行")),
    "office.paper_lacks": Text(_("{kind}缺少：{part}")),
    "office.paper_addressees": Text(_("请示一般只写一个主送机关，现有 {count} 个"), _("其他机关请放在抄送")),
}
