"""Texts of the imports' codes, and of the sheets engine's, which brings its own words in both languages."""

from __future__ import annotations

from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from feidi.engines.sheets import CODES, CODES_EN
from feidi.kernel.messages import Text


def _engine_word(code: str, part: int) -> str:
    language = get_language() or ""
    return (CODES_EN if language.startswith("en") else CODES)[code][part]


_lazy_word = lazy(_engine_word, str)
SHEETS = {code: Text(_lazy_word(code, 0), _lazy_word(code, 1) if CODES[code][1] else "") for code in CODES}

TEXTS = {
    "imports.not_allowed": Text(_("您没有在“{outpost}”导入的权限"), _("请运营方负责人或管理员授予导入权限")),
    "imports.not_found": Text(_("没有找到导入批次 {batch}"), _("核对批次号；只能看到本驻点的批次")),
    "imports.file_missing": Text(_("没有文件 {path}"), _("核对路径")),
    "imports.outpost_needed": Text(_("您可以为多个驻点导入，没有指明是哪一个"), _("加 --outpost 代码，可选：{known}")),
    "imports.wrong_state": Text(_("批次 {batch} 现为“{state}”，不能{verb}"), _("刷新页面查看最新状态")),
    "imports.same_file": Text(
        _("与 {on} 已导入的文件完全相同（批次 {batch}）"), _("再次导入不会改变任何数据；如有修改请另存后上传")
    ),
    "imports.sheet_unknown": Text(_("文件中没有名为“{sheet}”的工作表"), _("可选：{sheets}")),
    "imports.no_table": Text(_("文件中没有可读的表格"), _("检查文件是否有表头和数据行")),
    "imports.unreadable": Text(_("文件无法读取"), _("见下列原因")),
    "imports.rows_refused": Text(
        _("有 {refused} 行不能导入，因此全部没有写入"),
        _("修改后重新上传，或选择“跳过有问题的行”，未导入的行会放进问题工作簿"),
    ),
    "imports.rows_undecided": Text(
        _("有 {suspected} 行疑似重复尚未决定，因此全部没有写入"),
        _("逐行选择新增、更新或跳过，或选择“跳过有问题的行”"),
    ),
    "imports.row_not_suspected": Text(_("第 {row} 行不是疑似重复，无需决定"), ""),
    "imports.row_unknown": Text(_("批次中没有第 {row} 行"), _("刷新页面后再试")),
    "imports.target_needed": Text(_("没有指明第 {row} 行要更新哪个项目"), _("从列出的疑似项目中选择一个")),
    "imports.target_unknown": Text(_("第 {row} 行要更新的项目不在本驻点"), _("从列出的疑似项目中选择一个")),
    "imports.changed_meanwhile": Text(_("预览之后，{who} 于 {at} 改动了“{name}”，此行未写入"), _("重新预览后再导入")),
    "imports.appeared_meanwhile": Text(
        _("预览之后出现了编号或名称相同的项目“{name}”，此行未写入"), _("重新预览后再导入")
    ),
    "imports.cancelled": Text(_("导入已取消，没有写入任何数据"), ""),
    "imports.failed": Text(_("导入没有完成，没有写入任何数据：{why}"), _("可以再次运行；仍不成功请把此提示发给管理员")),
    "imports.touched_since": Text(_("“{name}”在导入后由 {who} 于 {at} 改动过，没有撤销"), _("请在项目页手工更正")),
}
