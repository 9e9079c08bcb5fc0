"""What the console offers in the rail, by job."""

from django.utils.translation import gettext_lazy as _

from feidi.kernel.messages import Words
from feidi.portals.ui.navigation import Group, Item, Search, register, register_group, register_often, register_search

_SEES = ("project.view", "project.view_reported")

P, VERIFY = "projects", "landing.verify"
_SERVICE = ("playbook.view", "playbook.view_home")
_DAILY, L = ("liaison.view", "liaison.view_home"), "liaison"
M, F = "matching", "figures"
INCUBATION = "incubation"
_HOLDS = ("event.view", "event.view_home")
_SHOWS = ("roadshow.view", "event.view_home")
_INCUBATES = ("incubation.view", "incubation.view_home")
#: The rail's groups. An item joins one by its code: 项目 20, 单位 30, 联络 40, 政策 50, 空间 60, 报送 80.
GROUPS = (
    Group("projects", _("项目"), "folder", order=20),
    Group("parties", _("单位与人员"), "id-badge-2", order=30),
    Group("matching", _("供需对接"), "arrows-exchange", order=35),
    Group("liaison", _("联络日常"), "calendar-event", order=40),
    Group("policies", _("政策"), "building-community", order=50),
    Group("space", _("空间"), "door", order=60),
    Group("incubation", _("入驻与孵化"), "rocket", order=62),
    Group("services", _("服务"), "list-check", order=70),
    Group("talents", _("人才"), "users", order=65),
    Group("showing", _("宣传与活动"), "presentation", order=75),
    Group("papers", _("报送与文书"), "file-text", order=80),
    Group("figures", _("统计与指标"), "chart-bar", order=85),
    Group("system", _("系统"), "settings", order=95),
)
#: One line per page of the rail: code, label, icon, url name, permission, order.
ITEMS = (
    Item("home", _("工作台"), "layout-dashboard", "console:home", order=10, primary=True),
    Item("project_list", _("项目"), "briefcase", "console:pipeline:project_list", _SEES, 20, primary=True, group=P),
    Item(
        "impressions", _("印象与顾虑"), "help-circle", "console:pipeline:impression_list", "project.edit", 28, group=P
    ),
    Item("first_reports", _("首报首谈"), "flag", "console:first_reports:report_list", _SEES, 22, group=P),
    Item("landing", _("落地核验"), "shield-check", "console:pipeline:landing_queue", VERIFY, 29, primary=True),
    Item(
        "organizations", _("单位"), "building", "console:parties:organization_list", "party.view", 30, group="parties"
    ),
    Item("board", _("看板"), "columns-3", "console:board:board_view", _SEES, 21, group=P),
    Item("roadshows", _("路演"), "presentation", "console:roadshows:show_list", _SHOWS, 77, group="showing"),
    Item("events", _("活动"), "calendar-event", "console:events:activity_list", _HOLDS, 76, group="showing"),
    Item("figures", _("统计分析"), "chart-bar", "console:figures:figure_overview", "report.view", 85, group=F),
    Item("indicators", _("指标"), "list-check", "console:indicators:indicator_overview", "report.view", 86, group=F),
    Item("wall", _("展示大屏"), "presentation", "wall:wall_view", "wall.view", 79, group="showing"),
    Item("flows", _("要素流动"), "arrows-exchange", "console:flows:flow_overview", "report.view", 87, group=F),
    Item("todos", _("待办"), "check", "console:todos:todo_list", "todo.edit", 40, group=L),
    Item("instructions", _("交办事项"), "bell", "console:instructions:instruction_list", _DAILY, 41, group=L),
    Item(
        "coordinations", _("协调事项"), "mail", "console:coordinations:coordination_list", "liaison.view", 42, group=L
    ),
    Item("meetings", _("会议"), "calendar-event", "console:meetings:meeting_list", _DAILY, 43, group=L),
    Item("counter", _("服务台"), "door", "console:counter:counter_view", "liaison.edit", 44, group=L),
    Item("friday", _("周五出稿"), "report", "console:papers:friday_view", "report.issue", 80, group="papers"),
    Item("reports", _("定期报表"), "report", "console:reports:report_list", "report.issue", 80, group="papers"),
    Item("received", _("送达的报表"), "mail", "console:reports:received_list", "report.view", 80, group="papers"),
    Item("papers", _("已出文稿"), "file-text", "console:papers:paper_list", "report.issue", 81, group="papers"),
    Item("forms", _("上级表格"), "stack-2", "console:papers:form_list", "report.issue", 82, group="papers"),
    Item("trips", _("出访与接待"), "map-pin", "console:trips:trip_list", "liaison.view", 45, group=L),
    Item("ceremonies", _("集中签约"), "signature", "console:ceremonies:ceremony_list", _DAILY, 46, group=L),
    Item("plans", _("重点任务"), "list-check", "console:plans:plan_list", _DAILY, 47, group=L),
    Item("handovers", _("工作移交"), "arrows-exchange", "console:handovers:handover_list", "liaison.view", 48, group=L),
    Item("pairs", _("查重与合并"), "arrows-exchange", "console:who:pair_list", "party.view", 32, group="parties"),
    Item("titles", _("资质台账"), "signature", "console:who:title_list", "party.view", 34, group="parties"),
    Item("stand_ins", _("替班"), "user", "console:who:stand_in_list", "party.view", 38, group="parties"),
    Item(
        "submissions",
        _("报送"),
        "send",
        "console:submissions:submission_list",
        ("submission.send", "project.view_reported"),
        81,
        group="papers",
    ),
    Item("targets", _("目标企业"), "map-pin", "console:targets:target_list", "project.edit", 25, group=P),
    Item("promises", _("承诺与兑现"), "list-check", "console:promises:commitment_list", _SEES, 26, group=P),
    Item("clauses", _("存量协议排查"), "alert-triangle", "console:promises:clause_list", _SEES, 27, group=P),
    Item("rechecks", _("落地复核"), "refresh", "console:rechecks:recheck_list", _SEES, 30, group=P),
    Item(
        "policy_library",
        _("政策库"),
        "file-text",
        "console:policy_library:clause_list",
        "policy.library",
        50,
        group="policies",
    ),
    Item(
        "checkups",
        _("企业政策体检"),
        "list-check",
        "console:policies:checkup_list",
        "policy.view",
        51,
        group="policies",
    ),
    Item("costs", _("成本测算"), "chart-bar", "console:costs:cost_compare", "cost.view", 58, group="policies"),
    Item("leases", _("上游租约"), "key", "console:leases:lease_list", "lease.view", 60, group="space"),
    Item(
        "contracts",
        _("委托运营协议"),
        "signature",
        "console:contracts:contract_list",
        "contract.view",
        88,
        group="papers",
    ),
    Item(
        "policy_claims", _("政策申报"), "send", "console:policy_claims:claim_list", "policy.view", 53, group="policies"
    ),
    Item(
        "payouts",
        _("政策兑现"),
        "send",
        "console:policy_claims:payout_list",
        "policy.view_home",
        54,
        group="policies",
    ),
    Item(
        "drafts",
        _("起草与复核"),
        "pencil",
        "console:drafts:draft_list",
        ("content.propose", "content.approve"),
        94,
        group="system",
    ),
    Item(
        "data_handovers",
        _("数据移交"),
        "database-export",
        "console:data_handovers:package_list",
        ("data.hand_over", "contract.view"),
        89,
        group="papers",
    ),
    Item(
        "complementarity",
        _("互补点"),
        "layout-dashboard",
        "console:regions:table_list",
        "matching.regions",
        39,
        group=M,
    ),
    Item("candidates", _("候选名单"), "list-check", "console:candidates:list_list", "matching.view", 36, group=M),
    Item("matchmaking", _("对接日"), "calendar-event", "console:matchmaking:day_list", "matching.view", 38, group=M),
    Item("introductions", _("对接"), "users", "console:introductions:introduction_list", "matching.view", 37, group=M),
    Item("profiles", _("需求与供给"), "arrows-exchange", "console:profiles:profile_list", "matching.view", 35, group=M),
    Item("resonance", _("共振点"), "link", "console:resonance:pair_list", "matching.view", 40, group=M),
    Item("choosing", _("遴选"), "list-check", "console:choosing:choice_view", "matching.view", 41, group=M),
    Item(
        "admissions",
        _("入驻申请"),
        "file-text",
        "console:admissions:application_list",
        _INCUBATES,
        62,
        group=INCUBATION,
    ),
    Item(
        "judging", _("我的评审"), "list-check", "console:admissions:seat_list", "incubation.score", 62, group=INCUBATION
    ),
    Item("rooms", _("一天的房间"), "calendar-event", "console:rooms:grid_view", "space.view", 60, group="space"),
    Item("bookings", _("场地预订"), "list-check", "console:rooms:booking_list", "space.book", 61, group="space"),
    Item("plan", _("平面图"), "map-pin", "console:rooms:plan_view", "space.view", 61, group="space"),
    Item("units", _("房间与工位"), "door", "console:rooms:unit_list", "space.view", 62, group="space"),
    Item("ledger", _("占用台账"), "list-check", "console:rooms:ledger_list", "space.view", 62, group="space"),
    Item("visitors", _("访客"), "users", "console:rooms:visitor_list", "space.book", 62, group="space"),
    Item("blockings", _("封闭"), "lock", "console:rooms:blocking_list", "space.book", 62, group="space"),
    Item("waiting", _("候补"), "clock", "console:rooms:waiting_list", "space.book", 62, group="space"),
    Item("feeds", _("日历订阅"), "link", "console:rooms:feed_list", "space.book", 62, group="space"),
    Item("usage", _("空间使用"), "chart-bar", "console:rooms:usage_view", "space.view", 62, group="space"),
    Item("tenancies", _("入驻"), "door", "console:tenancies:tenancy_list", _INCUBATES, 63, group=INCUBATION),
    Item(
        "warnings",
        _("预警"),
        "alert-triangle",
        "console:incubation:warning_list",
        "incubation.view",
        64,
        group=INCUBATION,
    ),
    Item("milestones", _("里程碑"), "flag", "console:incubation:milestone_list", _INCUBATES, 65, group=INCUBATION),
    Item(
        "period_reports", _("定期填报"), "file-text", "console:incubation:report_list", _INCUBATES, 66, group=INCUBATION
    ),
    Item(
        "requests", _("企业服务"), "users", "console:incubation:request_list", "incubation.view", 67, group=INCUBATION
    ),
    Item(
        "outcomes", _("孵化成果"), "shield-check", "console:incubation:outcome_list", _INCUBATES, 68, group=INCUBATION
    ),
    Item("labs", _("无界实验室"), "link", "console:incubation:lab_list", "incubation.view", 69, group=INCUBATION),
    Item("mentors", _("创业导师"), "user", "console:incubation:mentor_list", "incubation.view", 69, group=INCUBATION),
    Item(
        "charges", _("应收与到账"), "report", "console:tenancies:charge_list", "incubation.view", 70, group=INCUBATION
    ),
    Item(
        "statistics", _("年度统计"), "chart-bar", "console:incubation:statistics_view", _INCUBATES, 71, group=INCUBATION
    ),
    Item("playbook_runs", _("服务进度"), "list-check", "console:playbooks:run_list", _SERVICE, 70, group="services"),
    Item("playbooks", _("服务手册"), "notes", "console:playbooks:playbook_list", _SERVICE, 73, group="services"),
    Item("owed_home", _("主办地应办"), "bell", "console:playbooks:home_owed_list", _SERVICE, 71, group="services"),
    Item(
        "owed_host", _("所在地应办"), "bell", "console:playbooks:host_owed_list", "playbook.view", 72, group="services"
    ),
    Item("talents", _("人才"), "users", "console:talents:talent_list", "talent.view", 58, group="talents"),
    Item("talent_cases", _("人才办理事项"), "clock", "console:talents:case_list", "talent.view", 59, group="talents"),
    Item("talent_home", _("人才服务"), "clock", "console:talents:home_view", "talent.view_home", 58, group="talents"),
    Item(
        "talent_rulings",
        _("人才类别裁定"),
        "signature",
        "console:talents:ruling_list",
        ("talent.view", "talent.decide"),
        60,
        group="talents",
    ),
    Item(
        "feedback",
        _("满意度与投诉"),
        "notes",
        "console:feedback:feedback_view",
        ("feedback.view", "feedback.view_home"),
        74,
        group="services",
    ),
    Item("positions", _("岗位"), "briefcase", "console:talents:position_list", "talent.view", 61, group="talents"),
    Item(
        "publications",
        _("公开网站"),
        "presentation",
        "console:showcase:publication_list",
        ("showcase.view", "showcase.view_home"),
        76,
        group="showing",
    ),
    Item("inquiries", _("网站留言"), "mail", "console:showcase:inquiry_list", "showcase.view", 77, group="showing"),
    Item("hall_visits", _("展厅参观"), "users", "console:exhibition:visit_list", "showcase.view", 78, group="showing"),
    Item("imports", _("导入导出"), "database-import", "console:imports:import_list", "project.import", order=90),
    Item(
        "holidays",
        _("放假安排"),
        "calendar-event",
        "console:holidays:notice_list",
        "settings.manage",
        97,
        group="system",
    ),
    Item("jobs", _("后台任务"), "settings", "console:jobs:job_list", "jobs.view", 95, group="system"),
)

#: What a role needs most, first of all: it stands on top of the rail, in the phone's bottom bar and on the first desk.
OFTEN: dict[str, tuple[tuple[str, Words], ...]] = {
    "officer": (
        ("project_list", _("筛选、分组、批量指派、导出所见；点开一个看还差什么")),
        ("todos", _("我要办的，和替班同事要办的")),
        ("targets", _("靶向招商：还没有接触的企业")),
        ("organizations", _("一家单位的全部往来、资质和项目")),
        ("friday", _("上级自己的表填好，微信文本在剪贴板上")),
    ),
    "incubation_manager": (
        ("admissions", _("三个工作日内的首答、评审、公示")),
        ("tenancies", _("谁在哪间、到期、免租与应收")),
        ("requests", _("企业提的服务，谁在办")),
        ("bookings", _("今天的场地和访客")),
        ("todos", _("我要办的，和替班同事要办的")),
    ),
    "operator_lead": (
        ("project_list", _("筛选、分组、批量指派、导出所见；点开一个看还差什么")),
        ("meetings", _("周例会的四个清单：要见、没动、等别人、要报送")),
        ("submissions", _("主办单位只看得到报送过的")),
        ("indicators", _("完成年度任务多少、序时进度多少，每个数点开是行")),
        ("friday", _("上级自己的表填好，微信文本在剪贴板上")),
    ),
    "bureau": (
        ("indicators", _("完成年度任务多少、序时进度多少，每个数点开是行")),
        ("project_list", _("报送来的项目；没报送的只见数量")),
        ("instructions", _("交办了什么，等了几天")),
        ("contracts", _("委托运营的预算、考核和付款")),
        ("talent_rulings", _("等本区裁定的人才类别")),
    ),
    "verifier": (
        ("landing", _("等您逐件采信或退回的落地材料")),
        ("rechecks", _("落地后五年，每年还在不在")),
        ("project_list", _("报送来的项目；没报送的只见数量")),
        ("indicators", _("完成年度任务多少、序时进度多少，每个数点开是行")),
    ),
    "auditor": (
        ("indicators", _("完成年度任务多少、序时进度多少，每个数点开是行")),
        ("project_list", _("已报送项目的证据、退回与撤销记录")),
        ("contracts", _("委托运营的预算、考核和付款")),
        ("tenancies", _("谁免了多少租、依据是什么")),
    ),
    "administrator": (
        ("accounts", _("开账号、给角色、停用、解锁")),
        ("drafts", _("规定的改动：一人起草、另一人复核")),
        ("holidays", _("每年的放假通知，时限按它算")),
        ("jobs", _("后台任务有没有失败的")),
    ),
}


def register_all() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_often(OFTEN)
    for group in GROUPS:
        register_group(group)
    for item in ITEMS:
        register(item)
    register(
        Item("accounts", _("账号与角色"), "users", "console:accounts:user_list", "user.manage", 96, group="system")
    )
    register_search(Search("console:search:search_view", "console:search:search_suggest", (*_SEES, "party.view")))
