"""Words for the demonstration's refusals."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "demonstration.not_declared": Text(
        _("这个系统没有声明为演示系统，不能载入虚构数据"), _("设环境变量 FEIDI_DEMONSTRATION=1 并使用单独的 FEIDI_HOME")
    ),
    "demonstration.real_rows": Text(
        _("这个系统里已有其他驻点的项目：{outposts}"), _("演示数据只能载入空的系统；请换一个 FEIDI_HOME 或数据库")
    ),
    "demonstration.loaded_already": Text(
        _("演示数据已经载入（{n} 个项目），没有改动"), _("要重新开始：make demo RESET=1，或换一个空的 FEIDI_HOME")
    ),
    "demonstration.accounts_there": Text(
        _("这个系统里已有 {n} 个账号，不是空的"), _("演示数据只能载入空的系统；请换一个 FEIDI_HOME 或数据库")
    ),
    "demonstration.not_an_enclave": Text(_("没有名为 {place} 的主办地，或它还没有驻点"), _("可用：{known}")),
    "demonstration.invented_place": Text(
        _("{place} 是虚构的地方，不能用于真实起步"), _("用 feidi demonstration load 载入演示")
    ),
}
