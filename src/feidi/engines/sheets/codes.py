"""Every code this engine gives, with its words: what happened, and how to put it right.

Templates hold ``{param}`` of the finding's parameters. Chinese is the source; ``CODES_EN`` has the same keys.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from feidi.engines.sheets.codes_text import TEXT_CODES, TEXT_CODES_EN

_FILE: Final = {
    "sheets.file.broken": ("文件已损坏或不完整，无法打开。", "请用 Excel 或 WPS 打开原文件，另存为 .xlsx 后重新上传。"),
    "sheets.file.empty": ("文件是空的（0 字节）。", "请检查是否选错文件，或重新导出。"),
    "sheets.file.encrypted": ("文件设有打开密码，无法读取。", "请在 Excel/WPS 中取消密码后另存为 .xlsx。"),
    "sheets.file.entities": (
        "文件内含有实体声明，正常的表格不会有，已拒绝读取。",
        "请用 Excel 或 WPS 打开后另存为新的 .xlsx。",
    ),
    "sheets.file.html": ("文件内容是网页，不是表格（扩展名可能是 .xls）。", "请用 Excel 或 WPS 打开后另存为 .xlsx。"),
    "sheets.file.macros": ("文件带有宏，为安全起见不读取。", "请另存为不含宏的 .xlsx。"),
    "sheets.file.unsupported": (
        "不能读取这种文件：{kind}。",
        "请用 Excel 或 WPS 打开，另存为 .xlsx（或 .csv）后上传。",
    ),
    "sheets.file.wrong_extension": ("扩展名是 .{extension}，实际内容是 {kind}，已按实际内容读取。", ""),
    "sheets.limit.cells": (
        "表格过大：{rows} 行 × {columns} 列，超过 {limit} 格的上限。",
        "请删除多余的空行空列，或拆成几个文件。",
    ),
    "sheets.limit.columns": ("表格宽 {columns} 列，超过 {limit} 列的上限。", "请删除右侧多余的列后另存。"),
    "sheets.limit.entries": (
        "压缩包内有 {count} 个部件，超过 {limit} 个的上限。",
        "请用 Excel 或 WPS 打开后另存为新的 .xlsx。",
    ),
    "sheets.limit.file": ("文件 {megabytes} MB，超过 {limit} MB 的上限。", "请拆成几个文件。"),
    "sheets.limit.ratio": (
        "部件 {part} 的压缩比超过 {limit} 倍，可能是压缩炸弹，已拒绝读取。",
        "请用 Excel 或 WPS 打开后另存为新的 .xlsx。",
    ),
    "sheets.limit.rows": ("表格有 {rows} 行，超过 {limit} 行的上限。", "请删除表尾多余的行，或拆成几个文件。"),
    "sheets.limit.sheets": ("文件有 {count} 张工作表，超过 {limit} 张的上限。", "请拆成几个文件。"),
    "sheets.limit.unpacked": (
        "文件解压后达 {megabytes} MB，超过 {limit} MB 的上限。",
        "请删除多余内容后另存，或拆成几个文件。",
    ),
}
_TABLE: Final = {
    "sheets.cell.digits_lost": (
        "“{text}”是按数字存储的长号码，Excel 只保留 15 位，末尾几位已经丢失，不采用。",
        "请把该列设为“文本”格式，对照原件重新填写。",
    ),
    "sheets.cell.error_value": ("公式结果是错误值 {text}，不采用。", "请改正公式，或直接填写数值。"),
    "sheets.cell.formula_text": ("“{text}”以 = + - @ 开头，已作为普通文字读取，没有执行。", ""),
    "sheets.cell.formula_without_value": (
        "单元格是公式，但文件里没有保存计算结果。",
        "请用 Excel 或 WPS 打开并保存一次，再上传。",
    ),
    "sheets.cell.merged_across": ("{letter}{first} 到 {last_letter}{last} 是合并单元格，内容“{text}”只归第一列。", ""),
    "sheets.cell.merged_down": (
        "{letter}{first} 到 {letter}{last} 是合并单元格，内容“{text}”已用于其中每一行。",
        "如是金额，请确认不要重复计算。",
    ),
    "sheets.cell.unreliable": ("“{text}”不可靠（公式没有结果、错误值或号码丢位），不采用。", "请对照原件重新填写。"),
    "sheets.column.hidden": ("{letter} 列是隐藏列，仍然读取。", ""),
    "sheets.columns.ambiguous": (
        "表头“{name}”可能是“{first}”，也可能是“{second}”，没有自动对应。",
        "请手工选择对应的字段。",
    ),
    "sheets.columns.same_field": ("表头“{name}”与“{other}”都像“{label}”，只采用后者。", "请手工选择用哪一列。"),
    "sheets.columns.unit_differs": (
        "表头“{name}”的单位是 {unit}，要求的单位是 {wanted}。",
        "读取时按表头单位换算；如不对请更正表头。",
    ),
    "sheets.columns.unit_missing": ("表头“{name}”没有写单位，要求的单位是 {wanted}。", "请确认单位。"),
    "sheets.columns.unmatched": ("表头“{name}”没有对应的字段，不会导入。", "如需导入请手工选择对应的字段。"),
    "sheets.columns.likely": ("表头“{name}”像是“{label}”，暂作对应。", "请确认，或手工选择对应的字段。"),
    "sheets.columns.required_missing": ("没有找到必填的列“{label}”。", "请补上该列，或手工选择对应的列。"),
    "sheets.findings.more": ("同类提示（{code}）还有 {more} 条，未逐条列出。", ""),
    "sheets.format.date_precision": ("日期格式“{format}”只显示到 {precision}，共 {count} 格，没有推定具体日期。", ""),
    "sheets.format.unclear": (
        "数字格式“{format}”会改变所显示的数值，无法确定单位，共 {count} 格，不采用。",
        "请把单位写进表头，并改回常规格式。",
    ),
    "sheets.format.unit": ("数字格式“{format}”表示数值以 {unit} 计，共 {count} 格，已按此理解。", ""),
    "sheets.format.unit_conflict": (
        "数字格式“{format}”表示数值以 {unit} 计，而表头单位是 {header}，共 {count} 格。",
        "请确认以哪个为准，并改正另一个。",
    ),
    "sheets.format.unknown": (
        '无法检查这张表的数字格式（如 0"万元"）、隐藏行列和公式结果。',
        "请另存为 .xlsx 后重新上传，以便检查单位。",
    ),
    "sheets.format.year_hidden": (
        "日期格式“{format}”不显示年份，共 {count} 格；年份取自单元格，可能是录入当年。",
        "请确认年份。",
    ),
    "sheets.formula.not_calculated": (
        "文件有 {count} 个公式，但保存时没有计算，显示的值可能是 0 或旧值。",
        "请用 Excel 或 WPS 打开并保存一次，再上传。",
    ),
    "sheets.header.blank": ("{letter} 列有内容但没有列名，暂称“{called}”。", "请补写列名。"),
    "sheets.header.duplicate": ("列名“{name}”重复，这是第 {count} 个（{letter} 列）。", "请改成不同的列名。"),
    "sheets.header.several_rows": ("表头占第 {first} 至 {last} 行，已把上下级列名连接。", ""),
    "sheets.header.unsure": ("不能确定哪一行是表头，暂取第 {first} 行。", "请确认表头行。"),
    "sheets.row.beyond_table": ("表格右侧之外还有 {count} 格内容（“{text}”），没有读取。", "请给该列写上列名。"),
    "sheets.row.blank": ("表格中间有 {count} 个空行，已跳过。", ""),
    "sheets.row.continuation": ("这一行没有序号和名称，像是接着第 {above} 行写的。", "请并入上一行，或补全名称。"),
    "sheets.row.header": ("表头在表格中间重复出现，已跳过：{text}", ""),
    "sheets.row.hidden": ("有 {count} 个隐藏行（从第 {first} 行起），仍然读取并做了标记。", ""),
    "sheets.row.note": ("表格下方的说明或签署行，已跳过：{text}", ""),
    "sheets.row.number_only": ("只有序号“{text}”，没有内容，已跳过。", ""),
    "sheets.row.section": ("分组标题行，已跳过：{text}", ""),
    "sheets.row.sparse": ("这一行只填了一格，可能是说明文字，暂作为一条记录：{text}", "如是说明文字，请移到表格以外。"),
    "sheets.row.total": ("合计行，已跳过：{text}", ""),
    "sheets.row.total_doubtful": ("像合计行，但又有多项文字，暂作为一条记录：{text}", "请确认是否为合计行。"),
    "sheets.sheet.broken": ("工作表“{name}”已损坏，没有读取。", "请用 Excel 或 WPS 打开后另存为新的 .xlsx。"),
    "sheets.sheet.empty": ("工作表是空的。", ""),
    "sheets.sheet.hidden": ("工作表“{name}”是隐藏的，仍然读取。", ""),
    "sheets.sheet.missing": ("没有名为“{name}”的工作表。", "现有工作表：{sheets}。"),
    "sheets.sheet.not_a_table": ("“{name}”不是普通工作表（图表或宏表），没有读取。", ""),
    "sheets.text.bad_bytes": (
        "文件第 {line} 行有无法按 {encoding} 解读的字节，已尽量读取，读不出的以 � 代替。",
        "请对照原件改正，或用 Excel 另存为 .xlsx。",
    ),
    "sheets.text.encoding_unsure": (
        "不能完全确定文件的编码，暂按 {encoding} 读取。",
        "请检查文字是否正常；如是乱码，请另存为 .xlsx 或 UTF-8 的 .csv。",
    ),
    "sheets.text.nuls": ("文件中有 {count} 个空字节，已去掉。", ""),
    "sheets.text.stray_quote": ("这一行有没有配对的引号，已作为普通文字读取。", "请检查该行各列是否错位。"),
    "sheets.title.row": ("表头上方的标题行：{text}", ""),
    "sheets.title.unit": ("表头上方写明单位：{unit}。没有自动用于各列。", "请确认哪些列用这个单位。"),
}

_FILE_EN: Final = {
    "sheets.file.broken": (
        "The file is damaged or incomplete and cannot be opened.",
        "Open the original in Excel or WPS, save it as .xlsx and upload it again.",
    ),
    "sheets.file.empty": ("The file is empty (0 bytes).", "Check that it is the right file, or export it again."),
    "sheets.file.encrypted": (
        "The file has a password and cannot be read.",
        "Remove the password in Excel or WPS and save it as .xlsx.",
    ),
    "sheets.file.entities": (
        "The file declares XML entities, which no ordinary workbook does; it was refused.",
        "Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "sheets.file.html": (
        "The file is a web page, not a workbook (it may be named .xls).",
        "Open it in Excel or WPS and save it as .xlsx.",
    ),
    "sheets.file.macros": ("The file has macros and is not read, for safety.", "Save it as .xlsx without macros."),
    "sheets.file.unsupported": (
        "This kind of file cannot be read: {kind}.",
        "Open it in Excel or WPS and save it as .xlsx (or .csv).",
    ),
    "sheets.file.wrong_extension": ("The name ends in .{extension}, the content is {kind}; read by its content.", ""),
    "sheets.limit.cells": (
        "The table is too large: {rows} rows × {columns} columns, more than {limit} cells.",
        "Delete empty rows and columns, or split the file.",
    ),
    "sheets.limit.columns": (
        "The table has {columns} columns; the limit is {limit}.",
        "Delete the superfluous columns on the right and save again.",
    ),
    "sheets.limit.entries": (
        "The package has {count} parts; the limit is {limit}.",
        "Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "sheets.limit.file": ("The file has {megabytes} MB; the limit is {limit} MB.", "Split it into several files."),
    "sheets.limit.ratio": (
        "Part {part} is compressed more than {limit} times, as in a zip bomb; refused.",
        "Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "sheets.limit.rows": (
        "The table has {rows} rows; the limit is {limit}.",
        "Delete superfluous rows at the end, or split the file.",
    ),
    "sheets.limit.sheets": ("The file has {count} sheets; the limit is {limit}.", "Split it into several files."),
    "sheets.limit.unpacked": (
        "Unpacked, the file has {megabytes} MB; the limit is {limit} MB.",
        "Delete superfluous content and save again, or split the file.",
    ),
}
_TABLE_EN: Final = {
    "sheets.cell.digits_lost": (
        "“{text}” is a long code stored as a number; only 15 digits were kept, so it is not used.",
        "Format the column as text and enter the code again from the original.",
    ),
    "sheets.cell.error_value": (
        "The formula gives the error {text}; not used.",
        "Correct the formula, or enter the value.",
    ),
    "sheets.cell.formula_text": ("“{text}” begins with = + - or @; it was read as plain text and not run.", ""),
    "sheets.cell.formula_without_value": (
        "The cell is a formula, but the file holds no result.",
        "Open and save the file once in Excel or WPS, then upload it again.",
    ),
    "sheets.cell.merged_across": (
        "{letter}{first} to {last_letter}{last} are merged; “{text}” counts for the first column only.",
        "",
    ),
    "sheets.cell.merged_down": (
        "{letter}{first} to {letter}{last} are merged; “{text}” was used for each of these rows.",
        "If it is an amount, make sure that it is not counted twice.",
    ),
    "sheets.cell.unreliable": (
        "“{text}” is not reliable (a formula without result, an error, or lost digits) and is not used.",
        "Enter it again from the original.",
    ),
    "sheets.column.hidden": ("Column {letter} is hidden; it was read all the same.", ""),
    "sheets.columns.ambiguous": (
        "The header “{name}” may be “{first}” or “{second}”; it was not matched.",
        "Choose the field by hand.",
    ),
    "sheets.columns.same_field": (
        "The headers “{name}” and “{other}” both look like “{label}”; only the latter is used.",
        "Choose by hand which column to use.",
    ),
    "sheets.columns.unit_differs": (
        "The header “{name}” has the unit {unit}; {wanted} is wanted.",
        "Values are converted from the header's unit; correct the header if it is wrong.",
    ),
    "sheets.columns.unit_missing": ("The header “{name}” has no unit; {wanted} is wanted.", "Confirm the unit."),
    "sheets.columns.unmatched": (
        "The header “{name}” matches no field and is not imported.",
        "Choose a field by hand to import it.",
    ),
    "sheets.columns.likely": (
        "The header “{name}” looks like “{label}” and was matched for now.",
        "Confirm it, or choose the field by hand.",
    ),
    "sheets.columns.required_missing": (
        "The required column “{label}” was not found.",
        "Add the column, or choose it by hand.",
    ),
    "sheets.findings.more": ("{more} more findings of the same kind ({code}) are not listed.", ""),
    "sheets.format.date_precision": (
        "The date format “{format}” shows no more than the {precision} ({count} cells); no day was assumed.",
        "",
    ),
    "sheets.format.unclear": (
        "The number format “{format}” changes the number shown and its unit is not clear ({count} cells); not used.",
        "Write the unit into the header and use the General format.",
    ),
    "sheets.format.unit": ("The number format “{format}” says that values count {unit} ({count} cells); read so.", ""),
    "sheets.format.unit_conflict": (
        "The number format “{format}” says {unit}, the header says {header} ({count} cells).",
        "Find out which is right and correct the other.",
    ),
    "sheets.format.unknown": (
        'The number formats (such as 0"万元"), hidden rows and formula results of this sheet could not be checked.',
        "Save it as .xlsx and upload it again so that units can be checked.",
    ),
    "sheets.format.year_hidden": (
        "The date format “{format}” shows no year ({count} cells); the year is that of the cell, perhaps of its typing.",
        "Confirm the year.",
    ),
    "sheets.formula.not_calculated": (
        "The file has {count} formulas that were not calculated when saved; values may be 0 or old.",
        "Open and save the file once in Excel or WPS, then upload it again.",
    ),
    "sheets.header.blank": (
        "Column {letter} has content but no name; called “{called}” for now.",
        "Give the column a name.",
    ),
    "sheets.header.duplicate": (
        "The column name “{name}” occurs again: number {count}, column {letter}.",
        "Give the columns different names.",
    ),
    "sheets.header.several_rows": ("The header takes rows {first} to {last}; names were joined.", ""),
    "sheets.header.unsure": (
        "It is not certain which row is the header; row {first} is used.",
        "Confirm the header row.",
    ),
    "sheets.row.beyond_table": (
        "{count} cells right of the table (“{text}”) were not read.",
        "Give that column a name.",
    ),
    "sheets.row.blank": ("{count} blank rows inside the table were skipped.", ""),
    "sheets.row.continuation": (
        "The row has no number and no name; it seems to go on with row {above}.",
        "Merge it into the row above, or complete its name.",
    ),
    "sheets.row.header": ("The header occurs again inside the table; skipped: {text}", ""),
    "sheets.row.hidden": ("{count} hidden rows (from row {first}) were read and marked.", ""),
    "sheets.row.note": ("A note or signature line below the table; skipped: {text}", ""),
    "sheets.row.number_only": ("A row with nothing but its number {text}; skipped.", ""),
    "sheets.row.section": ("A group heading; skipped: {text}", ""),
    "sheets.row.sparse": (
        "Only one cell of the row is filled; it may be a remark, but was kept as a record: {text}",
        "Move remarks out of the table.",
    ),
    "sheets.row.total": ("A row of totals; skipped: {text}", ""),
    "sheets.row.total_doubtful": (
        "It looks like a row of totals but has several texts; kept as a record: {text}",
        "Check whether it is a row of totals.",
    ),
    "sheets.sheet.broken": (
        "The sheet “{name}” is damaged and was not read.",
        "Open it in Excel or WPS and save it as a new .xlsx.",
    ),
    "sheets.sheet.empty": ("The sheet is empty.", ""),
    "sheets.sheet.hidden": ("The sheet “{name}” is hidden; it was read all the same.", ""),
    "sheets.sheet.missing": ("There is no sheet named “{name}”.", "The sheets are: {sheets}."),
    "sheets.sheet.not_a_table": ("“{name}” is not an ordinary sheet (a chart or macro sheet); not read.", ""),
    "sheets.text.bad_bytes": (
        "Line {line} of the file has bytes that are not {encoding}; what could not be read stands as �.",
        "Correct it from the original, or save the file as .xlsx.",
    ),
    "sheets.text.encoding_unsure": (
        "The encoding is not certain; read as {encoding}.",
        "Check that the text is right; otherwise save it as .xlsx or as .csv in UTF-8.",
    ),
    "sheets.text.nuls": ("{count} NUL bytes were removed.", ""),
    "sheets.text.stray_quote": (
        "The line has a quote that is never closed; it was read as a plain sign.",
        "Check that the columns of this line are not shifted.",
    ),
    "sheets.title.row": ("A title above the table: {text}", ""),
    "sheets.title.unit": (
        "A unit is given above the table: {unit}. It was not applied to any column.",
        "Confirm which columns use it.",
    ),
}

#: code -> (what happened, how to put it right), in Chinese.
CODES: Mapping[str, tuple[str, str]] = {**_FILE, **_TABLE, **TEXT_CODES}
#: The same in English.
CODES_EN: Mapping[str, tuple[str, str]] = {**_FILE_EN, **_TABLE_EN, **TEXT_CODES_EN}
