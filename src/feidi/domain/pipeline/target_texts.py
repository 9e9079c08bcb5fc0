"""The words for the codes of the target list."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_TARGETS = {
    "pipeline.target_name_needed": Text(_("企业名称是空的"), _("填写企业名称")),
    "pipeline.target_node_needed": Text(_("没有写产业链环节"), _("写明缺哪个环节，如 低温传感器")),
    "pipeline.target_known": Text(
        _("“{name}”已在目标清单（环节：{node}，{who}）"), _("打开已有的那一条；确为两个环节，换一个环节名称")
    ),
    "pipeline.target_has_project": Text(_("“{name}”已转为项目 {code}"), _("到项目页继续登记")),
    "pipeline.target_none_picked": Text(_("没有选中任何一条"), _("先勾选要办理的目标企业")),
    "pipeline.target_sheet_unreadable": Text(_("这个文件读不出目标企业：{why}"), _("用带“企业名称”一列的 xlsx 或 csv")),
    "pipeline.target_no_name_column": Text(
        _("没有找到“企业名称”一列"), _("第一行写列名：企业名称、产业链、环节、所在地、理由")
    ),
    "pipeline.target_other_outpost": Text(_("项目 {code} 不在本驻点"), _("选择本驻点的项目")),
    "pipeline.target_not_colleague": Text(_("{name} 不是这个驻点的同事"), _("选择在这个驻点任职的人")),
    "pipeline.target_date_needed": Text(_("没有写接触日期"), _("写明哪一天接触的")),
    "pipeline.target_row_known": Text(_("“{name}”已在清单，未重复加入")),
    "pipeline.target_row_nameless": Text(_("这一行没有企业名称，未加入"), _("补上企业名称")),
}
