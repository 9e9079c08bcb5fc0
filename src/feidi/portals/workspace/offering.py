"""What the workspace offers in the rail."""

from django.utils.translation import gettext_lazy as _

from feidi.portals.ui.navigation import Item, register


def register_all() -> None:
    """Run once, from ``AppConfig.ready``."""
    register(Item("my", _("我的首页"), "rocket", "workspace:home", "project.view_own", order=5, primary=True))
    register(
        Item("my_applications", _("我的入驻申请"), "send", "workspace:application_list", "incubation.view_own", order=5)
    )
    register(Item("my_rooms", _("订房间"), "calendar-event", "workspace:room_day", "space.book_own", order=6))
    register(Item("my_tenancies", _("我的入驻"), "door", "workspace:tenancy_list", "incubation.view_own", order=5))
    register(Item("my_claims", _("我的政策申报"), "file-text", "workspace:claim_list", "policy.view_own", order=6))
    register(
        Item(
            "my_profiles",
            _("我的需求与供给"),
            "arrows-exchange",
            "workspace:profile_list",
            "matching.view_own",
            order=7,
        )
    )
    register(
        Item(
            "my_candidates",
            _("给我的候选"),
            "list-check",
            "workspace:candidates_list",
            "matching.view_own",
            order=8,
        )
    )
    register(
        Item(
            "my_introductions",
            _("我的对接"),
            "users",
            "workspace:introduction_list",
            "matching.view_own",
            order=9,
        )
    )
    register(
        Item(
            "my_roadshows", _("我的路演评审"), "presentation", "workspace:judging:desk_list", "roadshow.score", order=6
        )
    )
    register(
        Item(
            "my_interest",
            _("登记投资意向"),
            "briefcase",
            "workspace:judging:interest_say",
            "roadshow.interest",
            order=6,
        )
    )
    register(Item("my_letters", _("路演反馈函"), "mail", "workspace:judging:letter_list", "project.view_own", order=10))
    register(Item("my_runs", _("我的服务"), "list-check", "workspace:run_list", "playbook.view_own", order=9))
    register(
        Item(
            "my_showcase",
            _("公开展示"),
            "presentation",
            "workspace:showcase:sheet_list",
            "showcase.release_own",
            order=10,
        )
    )
    register(
        Item("my_talent", _("我的人才服务"), "clock", "workspace:talent_home", "talent.view_own", order=4, primary=True)
    )
    register(
        Item(
            "my_positions",
            _("本单位的岗位与人才合同"),
            "briefcase",
            "workspace:own_positions",
            "organization.invite",
            order=11,
        )
    )
    register(
        Item(
            "my_colleagues",
            _("本单位的同事"),
            "users",
            "workspace:colleague_list",
            "organization.invite",
            order=12,
        )
    )
