"""Texts of the flow ledger and the wall."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS_FLOWS: dict[str, Text] = {
    "reporting.flow_no_source": Text(
        _("没有这个来源，或它不产生要素流动"), _("来源只能是核验落地、技术合同、投融资成果、到岗人才或到岗月份")
    ),
    "reporting.flow_not_proven": Text(_("来源还没有已采信的证据，或已撤销"), _("先由审核人采信证据，再入账")),
    "reporting.flow_entered": Text(_("这个来源已经入账"), _("打开原来的一笔；有误先冲销，写明理由")),
    "reporting.flow_set_aside": Text(_("这个来源已判定不计入要素流动"), _("先恢复判定，写明理由")),
    "reporting.flow_amount_needed": Text(_("没有金额或币种，或金额不大于零"), _("填凭证上的金额和币种")),
    "reporting.flow_is_counter": Text(_("冲销分录不能再冲销"), _("来源恢复有效后会重新入账")),
    "reporting.flow_countered": Text(_("这一笔已经冲销"), _("看它的冲销分录和理由")),
    "reporting.wall_closed": Text(
        _("这个屏幕地址不能用了：写错了、过期了或已关闭"), _("请运营方负责人在“大屏设置”里新开一个")
    ),
    "reporting.wall_label_needed": Text(_("没有写屏幕在哪里"), _("写一个能认出来的名字，如 展厅东墙")),
    "reporting.wall_revoked": Text(_("这个屏幕地址已经关闭"), _("刷新页面")),
    "reporting.wall_scenes_unknown": Text(_("场景和已发布的不一致"), _("刷新页面后再改")),
    "reporting.wall_nothing_shown": Text(_("没有一个场景是打开的"), _("至少打开一个场景")),
    "reporting.wall_seconds": Text(_("停留 {value} 秒太短或太长"), _("写 5 到 600 之间的秒数")),
    "reporting.wall_map_number": Text(_("没有写审图号，地图不能上屏"), _("写地图上印的审图号，如 GS（2024）0650号")),
    "reporting.wall_map_picture": Text(_("{value} 不是 PNG 或 JPEG 图片"), _("导出成图片再上传")),
    "reporting.wall_map_gone": Text(_("地图已经撤下"), _("刷新页面")),
    "reporting.flow_aside_voided": Text(_("这条判定已经恢复过"), _("刷新页面")),
}
