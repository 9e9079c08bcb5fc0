"""Texts of the operating contract, the dossier and the hand-over of data."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_CONTRACT: dict[str, Text] = {
    "reporting.dossier_no_content": Text(_("没有已发布的分卷办法（{path}）"), _("请管理员发布内容后再导出")),
    "reporting.dossier_no_project": Text(_("没有这个项目"), _("核对项目编号；未报送的项目主办方看不到")),
    "reporting.dossier_several": Text(_("有 {n} 个驻点都有编号 {code}"), _("改用项目页网址里的编号")),
    "reporting.handover_no_home": Text(_("没有在外设驻点的地方 {code}"), _("写地方代码或行政区划代码，如 440604")),
    "reporting.handover_receiver_needed": Text(_("没有写签收人"), _("写回执上签字的人或单位")),
}
