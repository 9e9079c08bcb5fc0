"""What the console offers in the rail, by job."""

from django.utils.translation import gettext_lazy as _

from feidi.portals.ui.navigation import Item, Search, register, register_search

_SEES = ("project.view", "project.view_reported")


def register_all() -> None:
    """Run once, from ``AppConfig.ready``."""
    register(Item("home", _("工作台"), "layout-dashboard", "console:home", order=10, primary=True))
    register(Item("projects", _("项目"), "briefcase", "console:pipeline:project_list", _SEES, order=20, primary=True))
    register(Item("parties", _("单位与人员"), "building", "console:parties:organization_list", "party.view", order=30))
    register(
        Item(
            "landing",
            _("落地核验"),
            "shield-check",
            "console:pipeline:landing_queue",
            "landing.verify",
            order=40,
            primary=True,
        )
    )
    register(
        Item("imports", _("导入导出"), "database-import", "console:imports:import_list", "project.import", order=90)
    )
    register(Item("jobs", _("后台任务"), "settings", "console:jobs:job_list", "jobs.view", order=95))
    register_search(Search("console:search:search_view", "console:search:search_suggest", (*_SEES, "party.view")))
