"""The words for the codes of matching."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS: dict[str, Text] = {
    "matching.says_nothing": Text(_("没有写内容"), _("标题和脱敏文本都要写：对方只凭这些判断要不要见")),
}
