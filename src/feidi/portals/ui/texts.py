"""Texts of the codes that the frame itself uses (the gallery's example)."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "ui.busy": Text(
        _("别人正在写入，等了太久，这一步没有办成"), _("什么都没有丢：退回刚才填写的页面，过几秒再提交一次。")
    ),
    "ui.example_refused": Text(_("“{name}”还不能推进到“{stage}”"), _("补齐下面各项后再推进；早期阶段可以先写明待补。")),
    "ui.example_missing": Text(_("缺少{what}"), _("在“证据”里上传，或请企业提供。")),
}
