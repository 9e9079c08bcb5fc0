"""Every permission that roles of content may hold, in words."""

from django.utils.translation import gettext_lazy as _

PERMISSIONS = {
    "project.view": _("查看项目"),
    "project.view_reported": _("查看已报送的项目"),
    "project.view_own": _("查看本单位的项目"),
    "project.count": _("查看项目数量"),
    "project.edit": _("登记和修改项目"),
    "project.move": _("推进阶段"),
    "project.force_move": _("强制推进、作废项目"),
    "project.export": _("导出项目"),
    "project.import": _("导入台账"),
    "agreement.edit": _("登记协议"),
    "landing.submit": _("提交落地核验"),
    "landing.verify": _("核验落地"),
    "landing.revoke": _("撤销核验"),
    "submission.send": _("报送"),
    "contact.unmask": _("查看联系方式"),
    "party.view": _("查看单位与人员"),
    "party.edit": _("登记单位与人员"),
    "party.merge": _("合并重复单位"),
    "first_report.rule": _("裁定首报争议"),
    "landing.recheck": _("发起年度复核"),
    "liaison.view": _("查看联络日常"),
    "liaison.edit": _("办理联络日常"),
    "liaison.view_home": _("查看交办、会议和重点任务"),
    "liaison.instruct": _("交办事项、下达任务"),
    "work.hand_over": _("移交工作"),
    "lease.view": _("查看上游租约"),
    "lease.edit": _("登记上游租约"),
    "report.view": _("查看统计与报表"),
    "report.issue": _("出具报表与公文"),
    "contract.view": _("查看委托运营协议"),
    "contract.edit": _("登记委托运营协议与成本"),
    "contract.self_score": _("运营方自评"),
    "contract.score": _("主办方评分与付款意见"),
    "data.hand_over": _("移交数据"),
    "evidence.submit": _("提交证据"),
    "evidence.submit_own": _("提交本单位的证据"),
    "evidence.review": _("审核证据"),
    "file.view": _("打开文件"),
    "todo.edit": _("办理待办"),
    "audit.view": _("查看审计记录"),
    "user.manage": _("管理账号"),
    "settings.manage": _("管理设置"),
    "membership.manage": _("管理角色"),
    "content.publish": _("载入内容文件"),
    "content.propose": _("起草政策等内容"),
    "content.approve": _("复核并发布内容"),
    "jobs.view": _("查看后台任务"),
}


def permission_name(code: str) -> str:
    """Return a permission in words; an unknown code shows itself."""
    return str(PERMISSIONS.get(code, code))
