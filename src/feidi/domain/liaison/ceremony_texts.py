"""Texts of signing ceremonies."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

CEREMONY_TEXTS = {
    "liaison.listed_already": Text(_("项目 {code} 已在名单里"), _("一个项目在一场签约里只列一次")),
    "liaison.agreement_of_other_project": Text(_("这份协议不是 {code} 的"), _("请选该项目的协议")),
    "liaison.agreement_other_day": Text(
        _("协议签于 {signed}，不是签约日 {held}"), _("只关联当天签的协议；此前已签的项目不关联，自动显示“已计”")
    ),
    "liaison.agreement_listed": Text(_("这份协议已列入“{title}”"), _("同一份协议只列一次")),
}
