"""The public site and the hall of the demonstration: news, exhibits, what owners released, the media, a delegation.

All of it is invented and says so. Owners without an account release through whoever the tale says is theirs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from django.db.models import F
from PIL import Image, ImageDraw

from feidi.domain.parties.models import Organization, Plaque
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import OWN_ROLES
from feidi.domain.pipeline.enums import Stage
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.showcase.access import RELEASE_OWN
from feidi.domain.showcase.enums import InquiryKind, PublicationKind, SheetKind
from feidi.domain.showcase.fields import NAME, drawn_words
from feidi.domain.showcase.models import Picture, Publication, Sheet
from feidi.domain.showcase.selectors.results import reckon_results
from feidi.domain.showcase.services.drafts import Draft, take_up_sheet, write_publication
from feidi.domain.showcase.services.inquiries import Message, answer_inquiry, take_inquiry
from feidi.domain.showcase.services.media import Report, Shot, note_report, show_report
from feidi.domain.showcase.services.pictures import keep_picture
from feidi.domain.showcase.services.publishing import publish_edition, send_for_review
from feidi.domain.showcase.services.releases import ProductText, Wanted, release_fields, save_product, sheet_for
from feidi.domain.showcase.services.subjects import row_of_sheet
from feidi.domain.showcase.services.visits import (
    Stop,
    Visitor,
    VisitPlan,
    book_visit,
    finish_visit,
    set_visitors,
    set_way,
)
from feidi.kernel.access import ANONYMOUS, Actor, ActorKind, Grant, Scope, ScopeKind, actor_for_user
from feidi.kernel.identity.models import User
from feidi.portals.cli.demonstration.agenda import Scene

Act = Mapping[str, Any]
#: Title, English, summary, English, body, English, days ago, colour.
NEWS: Final = (
    (
        "中心迎来第三批入驻企业（演示）",
        "A third group of firms moves in (demonstration)",
        "六家企业签下工位，两家来自低温传感方向。",
        "Six firms took desks, two of them in cryogenic sensing.",
        "## 谁来了\n\n- 低温传感器设计\n- 体外诊断试剂\n- 水质在线监测\n\n入驻企业可以用展厅、路演厅和会议室。**本文虚构，仅供演示。**",
        (
            "## Who came\n\n- Design of cryogenic sensors\n- In-vitro diagnostics\n- Online water monitoring\n\n"
            "Tenants may use the hall, the roadshow room and the meeting rooms. **Invented, for demonstration.**"
        ),
        40,
        (38, 84, 124),
    ),
    (
        "对接日：十二家企业谈成三项试验（演示）",
        "Matchmaking day: three trials agreed (demonstration)",
        "两地企业面对面，各谈十五分钟。",
        "Firms of both places met for fifteen minutes each.",
        "上午十二家企业轮流洽谈，谈成三项试验合作。下一次在下月。\n\n> 先把样品寄来，我们两周内给数据。\n\n本文虚构，仅供演示。",
        (
            "Twelve firms met in turn and agreed on three trials. The next day is next month.\n\n"
            "> Send the sample first; you have our data within two weeks.\n\nInvented, for demonstration."
        ),
        21,
        (64, 110, 72),
    ),
    (
        "政策体检上线：不留名，先看能享受什么（演示）",
        "Policy check-up without an account (demonstration)",
        "知道哪项填哪项，结果马上看到，填的内容不保存。",
        "Type what you know; nothing is stored.",
        "打开“政策”，填几项就能看到符合、待核实和差一点的条款，每条都写出处。本文虚构，仅供演示。",
        (
            "Open “Policies”, fill in a few facts and see which clauses are met, open or just missed, each with its source. "
            "Invented, for demonstration."
        ),
        9,
        (122, 74, 58),
    ),
)
EXHIBITS: Final = (
    (
        "低温探头标定台（演示）",
        "Cryogenic calibration bench (demonstration)",
        "十分钟完成一支探头的标定。",
        "A probe calibrated in ten minutes.",
        "一号展台",
    ),
    (
        "微流控检测芯片（演示）",
        "Microfluidic test chip (demonstration)",
        "一滴血，八分钟出结果。",
        "One drop of blood, a result in eight minutes.",
        "二号展台",
    ),
    (
        "水质在线监测终端（演示）",
        "Online water monitor (demonstration)",
        "野外免维护一百八十天。",
        "180 days outdoors without maintenance.",
        "三号展台",
    ),
    (
        "污泥陶粒样品（演示）",
        "Ceramsite made of sludge (demonstration)",
        "从脱水污泥到路基材料。",
        "From dewatered sludge to road base.",
        "四号展台",
    ),
)
SITES: Final = (
    (
        "云溪产业园 A3 栋（演示）",
        "Yunxi Industrial Park, Block A3 (demonstration)",
        "标准厂房，可做洁净车间。",
        "Standard plant, fit for clean rooms.",
        "3200 ㎡",
        "18 元/㎡·月",
    ),
    (
        "河口中试基地二期（演示）",
        "Hekou Pilot Base II (demonstration)",
        "水、电、废水处理到位。",
        "Water, power and waste water treatment are there.",
        "1500 ㎡",
        "面议",
    ),
)
MEDIA: Final = (
    ("滨海日报（演示）", "研发在滨海，生产在云溪（虚构报道）", "https://news.example.com/yunbin/1", 33, ""),
    ("云溪发布（演示）", "一座楼里的两座城（虚构报道）", "https://news.example.com/yunbin/2", 19, "滨海日报（演示）"),
    ("湾区科技周刊（演示）", "反向飞地怎么算账（虚构报道）", "https://news.example.com/yunbin/3", 6, ""),
)
PRODUCTS: Final = (
    ProductText(
        "便携式低温标定仪（演示）", "Portable cryogenic calibrator (demonstration)", "给现场探头做两点标定。",
        "Two-point calibration on the spot.", "−196 ℃ 至 50 ℃，重复性 0.02 K", "−196 °C to 50 °C, repeatability 0.02 K",
        "想找计量院合作出证", "Looks for a metrology institute",
    ),
    ProductText("液氮液位计（演示）", "Liquid nitrogen gauge (demonstration)", "杜瓦瓶液位连续测量。", "Continuous level in dewars."),
)  # fmt: skip


#: What owners gave in English of the words that the register has in Chinese.
ENGLISH: Final = {
    "口腔膜用胶原蛋白": "Collagen for oral membranes",
    "可吸收口腔修复膜与胶原原料": "Absorbable oral membranes and their collagen",
    "陶瓷基碳化硅抛光片": "Polished silicon carbide wafers",
    "大尺寸碳化硅抛光片与再生加工": "Large silicon carbide wafers, polished and reclaimed",
    "光刻胶树脂单体": "Resin monomers for photoresist",
    "显示用光刻胶树脂单体小试放大": "Scaling up resin monomers for display photoresist",
    "低温介质在线检测": "Online analysis of cryogenic media",
    "低温液体纯度与含水量在线检测仪": "Online analyser of purity and water in cryogenic liquids",
    "废旧锂电湿法回收": "Wet recycling of lithium batteries",
    "梯次利用筛分与有价金属湿法回收": "Sorting for second use, and metals recovered by the wet process",
    "滨海澄彧医疗科技有限公司": "Binhai Chengyu Medical Technology Ltd",
    "生物医药": "Biomedicine",
    "半导体新材料": "New semiconductor materials",
    "绿色环保": "Green and environmental protection",
    "自主研发": "Own research",
    "高校成果转化": "Result of a university",
    "海外团队": "A team from abroad",
}


def load(scene: Scene, sponsor: str) -> None:
    """Publish what the public sees; leave one piece of news under review and one scheduled."""
    _news(scene)
    _exhibits_and_sites(scene)
    _results(scene)
    _owners(scene, sponsor)
    _media(scene)
    _visits(scene)
    _inquiries(scene)


def _act(scene: Scene, days: int, login: str = "officer", hour: int = 10) -> Act:
    day = scene.working(scene.today - timedelta(days=days))
    return {"actor": scene.actors[login], "now": datetime.combine(day, time(hour), SHANGHAI)}


def _picture(scene: Scene, days: int, colour: tuple[int, int, int], alt: str) -> Picture:
    """Draw an invented picture: no photograph of anything that is."""
    image = Image.new("RGB", (1280, 960), colour)
    pen = ImageDraw.Draw(image)
    for at in range(14):
        lighter = tuple(min(255, each + 9 * at) for each in colour)
        x, y = (at * 211) % 1150, (at * 157) % 820
        pen.rectangle((x, y, x + 90 + 11 * at, y + 60 + 8 * at), fill=lighter)
    stream = BytesIO()
    image.save(stream, "PNG")
    return keep_picture(
        outpost=scene.outpost, name="插图.png", chunks=[stream.getvalue()], alt=alt, **_act(scene, days)
    )


def _texts(
    title: str, title_en: str, summary: str, summary_en: str = "", body: str = "", body_en: str = ""
) -> dict[str, Any]:
    return {
        "title": {"zh": title, "en": title_en},
        "summary": {"zh": summary, "en": summary_en},
        "body": {"zh": body, "en": body_en},
    }


def _publish(scene: Scene, publication: Publication, days: int, at: datetime | None = None, hour: int = 11) -> None:
    edition = publication.editions.order_by("-number")[0]
    edition = send_for_review(edition=edition, **_act(scene, days, hour=hour))
    publish_edition(edition=edition, visible_from=at, **_act(scene, days, "lead", hour + 2))


def _news(scene: Scene) -> None:
    for title, title_en, summary, summary_en, body, body_en, days, colour in NEWS:
        cover = _picture(scene, days, colour, "虚构插图")
        texts = _texts(title, title_en, summary, summary_en, body, body_en)
        draft = Draft(texts=texts, facts={"author": "演示"}, cover=cover)
        row = write_publication(outpost=scene.outpost, kind=PublicationKind.NEWS, draft=draft, **_act(scene, days))
        _publish(scene, row, days)
    waiting = Draft(texts=_texts("年度开放日预告（演示，待审）", "", "等另一位同事审核。"))
    row = write_publication(outpost=scene.outpost, kind=PublicationKind.NEWS, draft=waiting, **_act(scene, 2))
    send_for_review(edition=row.editions.get(), **_act(scene, 2, hour=11))
    planned = Draft(
        texts=_texts("下周路演安排（演示，定时发布）", "Next week's roadshow (demonstration)", "到点自动公开。")
    )
    row = write_publication(outpost=scene.outpost, kind=PublicationKind.NEWS, draft=planned, **_act(scene, 2))
    _publish(scene, row, 2, datetime.combine(scene.today + timedelta(days=7), time(9), SHANGHAI))


def _exhibits_and_sites(scene: Scene) -> None:
    for title, title_en, line, line_en, spot in EXHIBITS:
        texts = _texts(
            title, title_en, line, line_en, "虚构展品，仅供演示。", "An invented exhibit, for demonstration."
        )
        draft = Draft(texts=texts, facts={"spot": spot})
        row = write_publication(outpost=scene.outpost, kind=PublicationKind.EXHIBIT, draft=draft, **_act(scene, 50))
        _publish(scene, row, 50)
    for title, title_en, line, line_en, area, price in SITES:
        facts = {"area": area, "price": price, "place": "云溪区（虚构）", "contact": "驻点转接"}
        draft = Draft(texts=_texts(title, title_en, line, line_en), facts=facts)
        row = write_publication(outpost=scene.outpost, kind=PublicationKind.SITE, draft=draft, **_act(scene, 45))
        _publish(scene, row, 45)


def _results(scene: Scene) -> None:
    act = _act(scene, 5)
    figures = tuple(
        {
            "code": each.code,
            "label": each.label,
            "count": each.count,
            "evidence": each.evidence,
            "as_of": each.as_of.isoformat(),
        }
        for each in reckon_results(scene.outpost, act["now"].date())
    )
    texts = _texts(
        "运行以来（演示）", "Since opening (demonstration)", "只数有证据的；不写单位名称。", "With evidence only."
    )
    draft = Draft(texts=texts, figures=figures)
    _publish(scene, write_publication(outpost=scene.outpost, kind=PublicationKind.RESULT, draft=draft, **act), 5)


def _owners(scene: Scene, sponsor: str) -> None:
    # the tenant's account is opened on the evening of the last day
    evening = _act(scene, 0, hour=18)["now"]
    tenant = actor_for_user(User.objects.get(login="tenant"), evening)
    firm = Organization.objects.get(name=sponsor)
    for text in PRODUCTS:
        product = save_product(actor=tenant, now=evening, organization=firm, text=text)
        _show(scene, tenant, SheetKind.PRODUCT, product.uid, (NAME, "what", "spec", "wanted"), 0)
    _show(scene, tenant, SheetKind.ORGANIZATION, firm.uid, (NAME, "industry", "place"), 0)
    shown = ProjectParty.objects.filter(role__in=OWN_ROLES, until__isnull=True, organization__isnull=False)
    rows = Project.objects.filter(
        outpost=scene.outpost, voided_at__isnull=True, talks_stage=Stage.SIGNED, parties__in=shown
    ).exclude(parties__organization=firm)
    for at, project in enumerate(rows.distinct().order_by(F("verified_on").desc(nulls_last=True), "pk")[:5]):
        organizations = Organization.objects.filter(project_roles__in=shown.filter(project=project))
        owner = _owner(organizations.order_by("pk")[0])
        held = ("core_product", "tech_source") if at == 0 else ()
        codes = (NAME, "one_line", "industry", "core_product", "tech_source")
        _show(scene, owner, SheetKind.PROJECT, project.uid, codes, 28 - at, held)


def _owner(organization: Organization) -> Actor:
    """Return somebody of an organization who has no account in this tale."""
    grant = Grant("tenant_admin", frozenset({RELEASE_OWN}), Scope(ScopeKind.ORGANIZATION, organization.pk))
    return Actor(kind=ActorKind.COMMAND, label="单位管理员（演示）", grants=(grant,))


def _show(
    scene: Scene, owner: Actor, kind: SheetKind, uid: str, codes: Sequence[str], days: int, held: tuple[str, ...] = ()
) -> None:
    """Have an owner release what it has of some fields, and the outpost publish it."""
    now = _act(scene, days, hour=18)["now"]
    sheet = sheet_for(actor=owner, now=now, outpost=scene.outpost, kind=kind, uid=uid)
    drawn = drawn_words(kind, row_of_sheet(sheet))
    wanted = frozenset(each for each in codes if each in drawn)
    words = {code: {"zh": "", "en": drawn[code]["en"] or ENGLISH.get(drawn[code]["zh"], "")} for code in wanted}
    sheet = release_fields(actor=owner, now=now, sheet=sheet, wanted=Wanted(wanted, words))
    row = take_up_sheet(sheet=Sheet.objects.get(pk=sheet.pk), held_back=held, **_act(scene, days, hour=18))
    _publish(scene, row, days, hour=19)


def _media(scene: Scene) -> None:
    plaque = Plaque.objects.filter(outpost=scene.outpost).order_by("id").first()
    for medium, title, link, days, reprint in MEDIA:
        act = _act(scene, days)
        stream = BytesIO()
        Image.new("RGB", (640, 400), (235, 238, 242)).save(stream, "PNG")
        report = Report(
            medium, title, act["now"].date(), link, "演示", reprint, plaque, Shot("截图.png", stream.getvalue())
        )
        row = note_report(outpost=scene.outpost, report=report, **act)
        show_report(report=row, shown=True, **_act(scene, days, "lead", 16))


def _visits(scene: Scene) -> None:
    guide = scene.users["officer"]
    exhibits = list(Publication.objects.filter(outpost=scene.outpost, kind=PublicationKind.EXHIBIT).order_by("pk"))
    day = _act(scene, 8)["now"]
    plan = VisitPlan(
        "虚构市科技局考察团（演示）", day.replace(hour=14), day.replace(hour=15), 6, "看孵化和展厅", guide=guide
    )
    visit = book_visit(outpost=scene.outpost, plan=plan, **_act(scene, 12))
    stops = [Stop("欢迎和概况", "14:00", "序厅"), *(Stop(each.title, exhibit=each) for each in exhibits[:3])]
    set_way(visit=visit, stops=stops, **_act(scene, 11))
    people = [
        Visitor("岑远", "虚构市科技局", "处长"),
        Visitor("卓一鸣", "虚构市科技局", "科员"),
        Visitor("白露", "虚构研究院"),
    ]
    set_visitors(visit=visit, visitors=people, **_act(scene, 8, hour=15))
    finish_visit(visit=visit, result="来了六人，看了三件展品，问了标定台的交期（演示）", **_act(scene, 8, hour=17))
    later = datetime.combine(scene.today + timedelta(days=6), time(10), SHANGHAI)
    coming = VisitPlan("虚构商会访问团（演示）", later, later + timedelta(hours=1), 14, "想看可用载体")
    book_visit(outpost=scene.outpost, plan=coming, **_act(scene, 1))


def _inquiries(scene: Scene) -> None:
    told = (
        (InquiryKind.NEED, "找能做液氮温区标定的实验室，一个月内要出数据（演示）", "虚构仪器厂", 7),
        (InquiryKind.QUESTION, "外地团队来，工位能先租三个月吗（演示）", "", 3),
        (InquiryKind.NEED, "要两台恒温槽，求云溪本地供应（演示）", "虚构检测站", 1),
    )
    for at, (kind, text, unit, days) in enumerate(told):
        now = _act(scene, days)["now"]
        message = Message(kind, text, "演示访客", f"1390000{at:04d}", unit)
        row = take_inquiry(actor=ANONYMOUS, now=now, outpost=scene.outpost, message=message)
        if at == 0:
            answer_inquiry(inquiry=row, answer="已电话答复，介绍了标定台（演示）", **_act(scene, days - 1, hour=16))
