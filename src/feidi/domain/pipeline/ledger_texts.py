"""The words for the codes of the ledger import."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "ledger.name_missing": Text(_("没有项目名称"), _("填写项目名称后重新导入")),
    "ledger.name_column_missing": Text(_("没有一列对应“项目名称”"), _("在第二步为项目名称选择一列")),
    "ledger.too_long": Text(_("内容有 {have} 个字，最多 {limit} 个字"), _("缩短，或移到“备注”列")),
    "ledger.stage_unknown": Text(_("看不懂阶段“{word}”"), _("改为阶段表中的名称，如：{known}")),
    "ledger.duplicate_in_file": Text(_("与第 {other} 行是同一个项目，内容不同"), _("合并成一行后重新导入")),
    "ledger.repeated_in_file": Text(_("与第 {other} 行完全相同，只导入一次"), ""),
    "ledger.key_conflict": Text(
        _("编号 {code} 是“{by_code}”，而名称和投资方是“{by_name}”"), _("核对项目编号和名称，只保留正确的一个")
    ),
    "ledger.code_voided": Text(_("编号 {code} 属于已作废的项目，不能再用"), _("清空编号列，由系统另行编号")),
    "ledger.same_name": Text(_("已有同名项目 {code}“{name}”，投资方为“{sponsor}”"), _("决定是新项目还是同一项目")),
    "ledger.same_name_in_file": Text(_("与第 {other} 行同名，投资方不同"), _("决定是否作为两个项目导入")),
    "ledger.same_uscc": Text(_("信用代码与项目 {code}“{name}”相同"), _("决定是新项目还是同一项目")),
    "ledger.similar_name": Text(_("同一投资方已有名称相近的项目 {code}“{name}”"), _("决定是新项目还是同一项目")),
    "ledger.uscc_invalid": Text(_("统一社会信用代码“{value}”校验不通过，已按原文保留"), _("核对营业执照")),
    "ledger.uscc_lost_digits": Text(
        _("信用代码在表格里存成了数字，末几位已丢失，没有采用"), _("把该列设为文本后重新填写")
    ),
    "ledger.phone_unclear": Text(_("联系电话“{value}”看不懂，没有采用"), _("写成手机号或带区号的座机")),
    "ledger.phone_without_name": Text(_("有联系电话而没有联系人，没有采用"), _("填写联系人姓名")),
    "ledger.contact_missing": Text(_("还差 联系人"), _("在项目页补填联系人和电话")),
    "ledger.date_month_only": Text(_("“{value}”没有写到日，按原文保留"), ""),
    "ledger.date_unclear": Text(_("日期“{value}”看不懂，按原文保留，没有作为日期使用"), _("写成如 2026-11-23")),
    "ledger.date_in_future": Text(_("日期 {value} 还没有到，仍按所写保留"), _("核对年份")),
    "ledger.count_unclear": Text(_("“{value}”不是一个确定的人数，按原文保留"), _("填写一个整数")),
    "ledger.amount_unclear": Text(_("金额“{value}”看不出数额，按原文保留"), ""),
    "ledger.amount_merged": Text(_("金额来自合并单元格，只计入首行，此行没有采用"), _("拆开合并单元格，分别填写")),
    "ledger.currency_unknown": Text(
        _("列“{column}”有 {n} 个金额没有币种，按“币种不明”保留"), _("在第二步声明币种，或增加“币种”列")
    ),
    "ledger.currency_declared": Text(_("没有写币种的金额按声明作为 {currency}"), ""),
    "ledger.currency_word": Text(_("看不懂币种“{value}”，按“币种不明”保留"), _("写成 人民币、美元、港元 等")),
    "ledger.agreement_kind_unknown": Text(
        _("看不懂协议类型“{value}”，按原文保留"), _("可写：框架协议、意向协议、投资合同、入驻协议")
    ),
    "ledger.opening": Text(_("按台账填报进入“{stage}”（期初），不作为证据"), ""),
    "ledger.stage_differs": Text(
        _("阶段不同：台账“{ledger}”，系统“{ours}”；导入不改变阶段"), _("如已推进，请在项目页办理")
    ),
    "ledger.condition_differs": Text(
        _("状态不同：台账“{ledger}”，系统“{ours}”；导入不改变状态"), _("请在项目页登记或结束状态")
    ),
    "ledger.verified_differs": Text(_("核实落地日期不同：台账“{ledger}”，系统“{ours}”；以核验记录为准"), ""),
    "ledger.condition_since": Text(_("“{condition}”没有写日期，自 {value} 起算"), _("在项目页更正日期")),
    "ledger.sponsor_changed": Text(_("投资方由“{old}”改为“{new}”"), ""),
    "ledger.owner_unknown": Text(_("本驻点没有名为“{value}”的用户，按文字保留"), ""),
    "ledger.owner_ambiguous": Text(_("本驻点有多个用户名为“{value}”，按文字保留"), _("在项目页指定责任人")),
    "ledger.plaque_unknown": Text(_("没有叫“{value}”的牌子，没有采用"), _("写本驻点牌子的名称：{known}")),
    "ledger.plaques_kept": Text(_("系统里还归“{ours}”，台账没有写；导入不取消"), _("要取消的，在项目页改牌子")),
    "ledger.year_proposed": Text(
        _("最新进展中有 {n} 条没有写年份，已按 {first} 等提出，待确认"), _("在项目时间线逐条确认")
    ),
    "ledger.row_continued": Text(_("此行接在第 {other} 行之后，已并入"), ""),
    "ledger.unreliable": Text(_("“{value}”在文件里已不完整，没有采用"), _("把该单元格改为文本后重新填写")),
    "ledger.export_not_allowed": Text(_("您没有导出这些项目的权限"), _("只能导出本驻点的项目")),
    "ledger.nothing_to_export": Text(_("没有可导出的项目"), _("调整筛选条件")),
    "ledger.uscc_without_sponsor": Text(_("有信用代码而没有投资方，信用代码没有采用"), _("填写投资方全称")),
}
