"""Words for the codes of amounts, dates, numbers and areas read from texts."""

from __future__ import annotations

from typing import Final

TEXT_CODES: Final = {
    "sheets.area.converted": ("“{text}”已按 {unit} 换算为 {square_metres} 平方米。", ""),
    "sheets.area.no_unit": ("面积“{text}”没有单位。", "请在表头或单元格写明单位，如 ㎡。"),
    "sheets.area.unit_unknown": ("面积“{text}”的单位“{unit}”不认识。", "请改用 ㎡、亩或公顷。"),
    "sheets.date.approximate": ("日期“{text}”带有“约、预计、左右”等字样，已按所写日期读取。", ""),
    "sheets.date.impossible": ("日期“{text}”不存在。", "请改正，如 2023-05-06。"),
    "sheets.date.month_unclear": ("日期“{text}”分不清是哪个月，只采用年份。", "请写成 2023-01 或 2023-10 这样的形式。"),
    "sheets.date.not_stated": ("日期写的是“{text}”，按未填处理。", ""),
    "sheets.date.part_only": ("日期“{text}”只写到“{part}”，没有推定具体日期。", ""),
    "sheets.date.range": ("“{text}”是一段时间，不是一个日期。", "请填写一个日期，或分成开始、结束两列。"),
    "sheets.date.serial": ("“{text}”是 Excel 日期序号，已按 {date} 读取。", ""),
    "sheets.date.two_digit_year": ("日期“{text}”的年份只有两位，已按 {year} 年读取。", ""),
    "sheets.date.unclear": ("看不懂日期“{text}”。", "请写成 2023-05-06 或 2023-05。"),
    "sheets.date.year_missing": ("日期“{text}”没有写年份。", "请确认年份。"),
    "sheets.money.below_fen": ("金额“{text}”精确到分以下，不能准确表示，按上下限记录。", "请改为最多两位小数的元。"),
    "sheets.money.currency_conflict": ("金额“{text}”写的是“元”，而本列币种是 {currency}，币种不明。", "请写明币种。"),
    "sheets.money.currency_from_text": ("金额“{text}”的币种与本列不同，已按所写的 {currency} 读取。", ""),
    "sheets.money.currency_unknown": (
        "金额“{text}”的币种“{word}”不能确定，金额保留，币种未知。",
        "请写明币种，如 美元、港元。",
    ),
    "sheets.money.no_unit": ("金额“{text}”没有单位，表头也没有。", "请在表头写明单位，如 (万元)。"),
    "sheets.money.not_stated": ("金额写的是“{text}”，按未填处理。", ""),
    "sheets.money.per": ("金额“{text}”是“{per}”的价格，不是总额。", ""),
    "sheets.money.several": ("“{text}”里有不止一个金额。", "请只写一个金额，其余放到备注。"),
    "sheets.money.several_currencies": ("“{text}”里有不止一种币种。", "请只写一种币种的金额。"),
    "sheets.money.too_large": ("金额“{text}”过大，不采用。", "请检查单位是否写错。"),
    "sheets.money.unclear": ("看不懂金额“{text}”，不采用。", "请写成 500万元 或 500.5 这样的形式。"),
    "sheets.money.unit_from_text": ("金额“{text}”自带单位，与表头不同，已按所写单位读取。", ""),
    "sheets.money.vague": ("金额“{text}”没有具体数字，保留原文。", ""),
    "sheets.money.words_ignored": ("金额“{text}”前有“{words}”字样，只读取其后的金额。", ""),
    "sheets.number.approximate": ("“{text}”带有“约、左右”等字样，已按所写数字读取。", ""),
    "sheets.number.not_stated": ("数值写的是“{text}”，按未填处理。", ""),
    "sheets.number.not_whole": ("“{text}”不是整数。", "请改为整数。"),
    "sheets.number.unclear": ("看不懂数值“{text}”，不采用。", "请只写一个数字。"),
    "sheets.yes_no.unclear": ("看不懂“{text}”是“是”还是“否”。", "请填写 是 或 否。"),
}

TEXT_CODES_EN: Final = {
    "sheets.area.converted": ("“{text}” was converted from {unit} to {square_metres} m².", ""),
    "sheets.area.no_unit": ("The area “{text}” has no unit.", "Write the unit in the header or the cell, such as ㎡."),
    "sheets.area.unit_unknown": ("The unit “{unit}” of the area “{text}” is not known.", "Use ㎡, 亩 or 公顷."),
    "sheets.date.approximate": ("The date “{text}” is marked as about or planned; read as written.", ""),
    "sheets.date.impossible": ("The date “{text}” does not exist.", "Correct it, such as 2023-05-06."),
    "sheets.date.month_unclear": (
        "The month of “{text}” is not clear; only the year is used.",
        "Write it as 2023-01 or 2023-10.",
    ),
    "sheets.date.not_stated": ("The date says “{text}”; taken as not given.", ""),
    "sheets.date.part_only": ("The date “{text}” says no more than “{part}”; no day was assumed.", ""),
    "sheets.date.range": ("“{text}” is a period, not a date.", "Give one date, or use two columns for start and end."),
    "sheets.date.serial": ("“{text}” is a spreadsheet's date number, read as {date}.", ""),
    "sheets.date.two_digit_year": ("The year of “{text}” has two digits; read as {year}.", ""),
    "sheets.date.unclear": ("The date “{text}” could not be understood.", "Write it as 2023-05-06 or 2023-05."),
    "sheets.date.year_missing": ("The date “{text}” has no year.", "Confirm the year."),
    "sheets.money.below_fen": (
        "The amount “{text}” is finer than a hundredth; kept as the two bounds around it.",
        "Use at most two decimals of a yuan.",
    ),
    "sheets.money.currency_conflict": (
        "The amount “{text}” says 元 in a column of {currency}; its currency is not known.",
        "Write the currency.",
    ),
    "sheets.money.currency_from_text": (
        "The amount “{text}” has another currency than its column; read as {currency}.",
        "",
    ),
    "sheets.money.currency_unknown": (
        "The currency “{word}” of “{text}” is not certain; the amount is kept without it.",
        "Write the currency, such as 美元 or 港元.",
    ),
    "sheets.money.no_unit": (
        "The amount “{text}” has no unit, and neither has the header.",
        "Write the unit in the header, such as (万元).",
    ),
    "sheets.money.not_stated": ("The amount says “{text}”; taken as not given.", ""),
    "sheets.money.per": ("The amount “{text}” is a price “{per}”, not a total.", ""),
    "sheets.money.several": (
        "“{text}” has more than one amount.",
        "Write one amount and move the others to the remarks.",
    ),
    "sheets.money.several_currencies": ("“{text}” has more than one currency.", "Write the amount in one currency."),
    "sheets.money.too_large": ("The amount “{text}” is too large and not used.", "Check the unit."),
    "sheets.money.unclear": (
        "The amount “{text}” could not be understood and is not used.",
        "Write it as 500万元 or 500.5.",
    ),
    "sheets.money.unit_from_text": (
        "The amount “{text}” has its own unit, which differs from the header's; its own was used.",
        "",
    ),
    "sheets.money.vague": ("The amount “{text}” names no figure; its text is kept.", ""),
    "sheets.money.words_ignored": ("The amount “{text}” begins with “{words}”; only what follows was read.", ""),
    "sheets.number.approximate": ("“{text}” is marked as about; read as written.", ""),
    "sheets.number.not_stated": ("The value says “{text}”; taken as not given.", ""),
    "sheets.number.not_whole": ("“{text}” is not a whole number.", "Enter a whole number."),
    "sheets.number.unclear": ("The value “{text}” could not be understood and is not used.", "Write one number."),
    "sheets.yes_no.unclear": ("It is not clear whether “{text}” means yes or no.", "Write 是 or 否."),
}
