"""Texts of the jobs' codes."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Text

TEXTS = {
    "jobs.unknown_kind": Text(_("没有名为 {kind} 的后台任务"), _("程序可能已更新，请重新发起该操作")),
    "jobs.not_found": Text(_("找不到这个后台任务"), _("它可能已被清理，或不是您发起的")),
    "jobs.not_yours": Text(_("只有发起人可以取消“{title}”"), _("请联系发起人 {requester}")),
    "jobs.already_finished": Text(_("“{title}”已经结束，不能取消")),
    "jobs.crashed": Text(_("执行时出错（{error}）"), _("可以重新发起；仍然出错请联系管理员查看日志")),
    "jobs.worker_died": Text(
        _("后台进程中断 {attempts} 次，任务没有完成"), _("请确认后台任务进程在运行（feidi doctor），然后重新发起")
    ),
    "jobs.timed_out": Text(_("超过 {minutes} 分钟仍未完成，已停止"), _("请减小处理范围后重新发起")),
    "jobs.requester_closed": Text(_("发起人的账号已停用，任务没有执行"), _("请由在用账号重新发起")),
}
