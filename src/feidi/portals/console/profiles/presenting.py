"""From needs and offers to what the components draw."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.enums import Confidentiality, ProfileKind, ProfileState, Ripeness, Round, Side, TaggedBy
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.profiles import is_expired
from feidi.domain.matching.selectors.sheets import SHEET_KINDS, SheetLine
from feidi.domain.matching.selectors.tagging import OTHER, nodes_of
from feidi.domain.parties.models import Outpost, Place
from feidi.engines.money import MoneyText
from feidi.kernel.money.display import format_money_text
from feidi.portals.console.lists import CHAT, chat_lines
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True),
    Column("title", gettext_lazy("标题"), sortable=True, lead=True),
    Column("side", gettext_lazy("类别")),
    Column("kind", gettext_lazy("种类"), sortable=True),
    Column("owner", gettext_lazy("单位"), sortable=True),
    Column("node", gettext_lazy("环节"), sortable=True),
    Column("state", gettext_lazy("状态")),
    Column("expires", gettext_lazy("有效期至"), sortable=True),
    Column("confirmed", gettext_lazy("最近确认"), sortable=True),
    Column("officer", gettext_lazy("服务专员")),
    Column("confidentiality", gettext_lazy("保密要求"), shown=False),
    Column("blocked", gettext_lazy("屏蔽"), shown=False),
    Column("asks", gettext_lazy("问企业"), shown=False),
    Column("source", gettext_lazy("来源"), shown=False),
    Column("entered", gettext_lazy("登记日期"), sortable=True, shown=False),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
_TONES: dict[str, Tone] = {
    ProfileState.DRAFT: "warn",
    ProfileState.OPEN: "ok",
    ProfileState.PAUSED: "quiet",
    ProfileState.CLOSED: "quiet",
}
UNKNOWN = gettext_lazy("未知")


class Nodes:
    """The words of nodes, read once per home."""

    def __init__(self) -> None:
        self._known: dict[int, dict[tuple[str, str], str]] = {}

    def _of(self, home: Place) -> dict[tuple[str, str], str]:
        if home.pk not in self._known:
            self._known[home.pk] = {
                (each.chain, each.node): f"{say_pair(**_pair(each.chain_label))} · {say_pair(**_pair(each.label))}"
                for each in nodes_of(home)
            }
        return self._known[home.pk]

    def words(self, profile: Profile) -> str:
        """Return chain and node of a profile in words."""
        if not profile.node:
            return ""
        if profile.node == OTHER:
            return _("其他")
        return self._of(profile.outpost.home).get((profile.chain, profile.node), profile.node)

    def choices(self, outposts: Iterable[Outpost]) -> list[tuple[str, str]]:
        """Return (node, words) of the homes of these outposts, each once."""
        return list({node: words for each in outposts for (_c, node), words in self._of(each.home).items()}.items())

    def places(self, home: Place) -> list[tuple[str, str]]:
        """Return (``chain/node``, words) of a home, and the honest fallback last."""
        return [*((f"{c}/{n}", words) for (c, n), words in self._of(home).items()), (f"/{OTHER}", _("其他"))]


def _pair(label: Any) -> dict[str, str]:
    return {"zh": label["zh"], "en": label["en"]}


def owner_of(profile: Profile) -> str:
    """Return whose it is, in words: firm, else project, else person."""
    for each in (profile.organization, profile.project, profile.person):
        if each is not None:
            return str(each.name)
    return ""


def state_of(profile: Profile, today: date) -> str:
    """Return where it stands in words; what has expired says so."""
    if profile.voided_at:
        return _("已撤回")
    if profile.state in {ProfileState.OPEN, ProfileState.PAUSED} and is_expired(profile, today):
        return _("已到期")
    return str(ProfileState(profile.state).label)


def age_of(row: Profile, today: date) -> str:
    """Return how long ago somebody said that it holds; that nobody has is not an age."""
    if row.confirmed_on is None:
        return _("没人确认过")
    days = (today - row.confirmed_on).days
    return _("{n} 天前").format(n=days) if days > 0 else _("今天")


def rows_of(profiles: Sequence[Profile], today: date) -> list[Row]:
    """Return profiles (as ``list_profiles`` gives them) as list rows."""
    nodes = Nodes()
    return [_row(each, today, nodes) for each in profiles]


def _row(row: Profile, today: date, nodes: Nodes) -> Row:
    counted: Any = row
    asks = row.side == Side.NEED and row.kind in SHEET_KINDS and not counted.sheet_done
    return Row(
        cells={
            "number": row.number,
            "title": row.title,
            "side": Side(row.side).label,
            "kind": ProfileKind(row.kind).label,
            "owner": owner_of(row),
            "node": nodes.words(row),
            "state": state_of(row, today),
            "expires": row.expires_on,
            "confirmed": age_of(row, today),
            "officer": row.officer.display_name,
            "confidentiality": Confidentiality(row.confidentiality).label,
            "blocked": _("有") if counted.blocked else "",
            "asks": _("没填完") if asks else "",
            "source": row.source,
            "entered": row.created_at.date(),
            "outpost": row.outpost.short_name,
        },
        url=reverse("console:profiles:profile_view", args=[row.uid]),
        uid=row.uid,
        tone="quiet" if row.state == ProfileState.CLOSED else "",
    )


def badges_of(row: Profile, today: date) -> list[Badge]:
    """Return what it is and how it stands."""
    state = state_of(row, today)
    tone: Tone = "bad" if row.voided_at or (is_expired(row, today) and row.state == "open") else _TONES[row.state]
    badges = [
        Badge(Side(row.side).label, "info"),
        Badge(ProfileKind(row.kind).label, "info"),
        Badge(state, tone, title=row.void_reason or row.closed_reason),
    ]
    if row.confidentiality == Confidentiality.NDA:
        badges.append(Badge(_("须签保密协议"), "warn"))
    return badges


def pairs_of(row: Profile, nodes: Nodes, today: date) -> list[tuple[str, Any]]:
    """Return what the page of one profile lists first."""
    by = TaggedBy(row.tagged_by).label if row.node else ""
    return [
        (_("单位"), row.organization.name if row.organization else ""),
        (_("项目"), row.project.name if row.project else ""),
        (_("姓名"), row.person.name if row.person else ""),
        (_("环节"), f"{nodes.words(row)}（{by}）" if by else ""),
        (_("保密要求"), Confidentiality(row.confidentiality).label),
        (_("有效期至"), row.expires_on),
        (_("最近确认"), age_of(row, today)),
        (_("服务专员"), row.officer.display_name),
        (_("来源"), row.source),
        (_("登记"), f"{localtime(row.created_at):%Y-%m-%d} {row.recorded_by}"),
    ]


def fact_lines(row: Profile) -> list[tuple[str, Any]]:
    """Return every fact in words; what nobody has said reads 未知, never 0."""
    unknown = str(UNKNOWN)
    stages = [str(Ripeness(code).label) for code in (row.ripeness_from, row.ripeness_to) if code]
    lines: list[tuple[str, Any]] = [
        (_("所在地"), row.place.name_zh if row.place else unknown),
        (_("地域要求"), _codes(row.regions, _place_names(row.regions))),
        (_("成熟度"), " – ".join(dict.fromkeys(stages)) or unknown),
        (_("融资轮次"), _codes(row.rounds, {code: str(Round(code).label) for code in row.rounds or []})),
        (_("行业"), _codes(row.sectors, {})),
        (_("金额"), money_words(row.amount_lo_fen, row.amount_hi_fen, row.currency) or unknown),
        (_("返投比例"), unknown if row.return_ratio_percent is None else f"{row.return_ratio_percent}%"),
        (
            _("是否排他"),
            {True: _("是"), False: _("否")}.get(row.exclusive, unknown) if row.exclusive is not None else unknown,
        ),
        (_("排他到期日"), row.exclusive_until or unknown),
        (_("何时可用"), row.available_from or unknown),
        (_("面积"), _area(row) or unknown),
        (_("价格"), _price(row) or unknown),
        (_("楼板荷载"), unknown if row.floor_load_kg_m2 is None else f"{row.floor_load_kg_m2:,} kg/㎡"),
        (_("环评类别"), row.environment_class or unknown),
    ]
    return lines


def known_first(lines: list[tuple[str, Any]]) -> tuple[list[tuple[str, Any]], list[str]]:
    """Divide facts into those that are known and the names of those that are not."""
    unknown = str(UNKNOWN)
    return [pair for pair in lines if pair[1] != unknown], [label for label, value in lines if value == unknown]


def money_words(lo: int | None, hi: int | None, currency: str) -> str:
    """Return an amount or a range in words, empty when there is none."""
    if lo is None and hi is None:
        return ""
    return format_money_text(MoneyText("", lo, hi, currency or None))


def _place_names(codes: list[str] | None) -> dict[str, str]:
    if not codes:
        return {}
    return dict(Place.objects.filter(code__in=codes).values_list("code", "name_zh"))


def _codes(values: list[str] | None, words: dict[str, str]) -> str:
    if values is None:
        return str(UNKNOWN)
    return "、".join(words.get(each, each) for each in values) or _("不限")


def _area(row: Profile) -> str:
    if row.area_m2_lo is None and row.area_m2_hi is None:
        return ""
    if row.area_m2_hi is None:
        return f"≥ {row.area_m2_lo:,}㎡"
    if row.area_m2_lo is None:
        return f"≤ {row.area_m2_hi:,}㎡"
    return f"{row.area_m2_lo:,}㎡" if row.area_m2_lo == row.area_m2_hi else f"{row.area_m2_lo:,} – {row.area_m2_hi:,}㎡"


def _price(row: Profile) -> str:
    said = money_words(row.price_fen, row.price_fen, row.currency)
    return f"{said}/{row.price_per}" if said and row.price_per else said


def list_text(rows: Sequence[Row], total: str, today: date) -> str:
    """Return the list as a chat message: masked titles and numbers, no firm's name."""
    title = _("需求与供给 {today}，共 {n} 条").format(today=today.isoformat(), n=total)
    lines = (f"{each.cells['number']} {each.cells['side']} {each.cells['title']}" for each in rows)
    return chat_lines(title, lines)


def record_text(row: Profile) -> str:
    """Return one profile as a chat message that may be sent to anybody: the masked text, whom to ask."""
    head = f"【{Side(row.side).label}·{ProfileKind(row.kind).label}】{row.title}（{row.number}）"
    until = _("有效期至 {day}，联系 {officer}").format(day=row.expires_on.isoformat(), officer=row.officer.display_name)
    room = CHAT - len(head) - len(until) - 2
    text = " ".join(row.masked_text.split())
    return chat_lines(head, (text if len(text) <= room else f"{text[: room - 1]}…", until))


def sheet_text(row: Profile, lines: Sequence[SheetLine]) -> str:
    """Return the 技术需求表 as a chat message to be read back to the firm."""
    head = _("技术需求表 {number}：{title}").format(number=row.number, title=row.title)
    return chat_lines(head, (f"{each.label}：{each.said}" for each in lines))
