"""The left rail and the search box: portals register what they offer, the shell shows what may be used."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.urls import get_script_prefix, get_urlconf, reverse

from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.messages import Words


@dataclass(frozen=True, slots=True)
class Item:
    """One job in the rail. ``permission`` None: everybody signed in; several: any of them.

    ``order`` places it (10 工作台, 20 项目, 30 单位与人员 … in steps of ten); ``primary`` puts it in the phone's bottom bar.
    ``group``: it stands under this group, which opens when one of its items is current.
    """

    code: str
    label: Words
    icon: str
    url_name: str
    permission: str | tuple[str, ...] | None = None
    order: int = 100
    primary: bool = False
    group: str = ""

    def open_to(self, actor: Actor) -> bool:
        """Tell whether the actor may use the job at all (over any scope)."""
        if actor.kind is ActorKind.ANONYMOUS:
            return False
        if self.permission is None:
            return True
        wanted = (self.permission,) if isinstance(self.permission, str) else self.permission
        return any(actor.may(each) for each in wanted)


@dataclass(frozen=True, slots=True)
class Group:
    """Several items under one name. It leads to the first of them that the actor may use; without any it is not shown."""

    code: str
    label: Words
    icon: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Search:
    """The one search box: its page, the fragment that suggests while typing (or None), who may search."""

    url_name: str
    suggest_url_name: str | None = None
    permission: str | tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A rail item as one page shows it; ``what``: what one does there, of a job that a role needs most."""

    code: str
    label: Words
    icon: str
    url: str
    current: bool
    primary: bool
    #: The items of a group (none: it is an item itself), and whether one of them is current.
    items: tuple[Link, ...] = ()
    open: bool = False
    what: Words = ""


Value = TypeVar("Value")
_ITEMS: dict[str, Item] = {}
_GROUPS: dict[str, Group] = {}
#: Role → (item code, what one does there): what stands on top of the rail, most needed first.
_OFTEN: dict[str, tuple[tuple[str, Words], ...]] = {}
_SEARCH: list[Search] = []
#: So many answers about the rail are kept; the roles of an installation times its jobs are fewer.
_KEPT = 1000


@dataclass(frozen=True, slots=True)
class _Known:
    """What was worked out about the rail while these jobs, groups and needs were registered."""

    of: tuple[Mapping[str, Any], ...]
    sizes: tuple[int, ...]
    found: dict[Hashable, Any] = field(default_factory=dict)


_known: list[_Known] = [_Known((), ())]


def remember(key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what ``make`` makes of the rail, made once for each ``key`` as long as nothing else is registered.

    Nothing of a row may depend on it: the key names what the reader may do and where they stand.
    """
    of: tuple[Mapping[str, Any], ...] = (_ITEMS, _GROUPS, _OFTEN)
    sizes, known = tuple(map(len, of)), _known[0]
    if known.sizes != sizes or any(one is not other for one, other in zip(known.of, of, strict=True)):
        _known[0] = known = _Known(of, sizes)
    value: Value | None = known.found.get(key)
    if value is None:
        value = make()
        if len(known.found) >= _KEPT:
            known.found.clear()
        known.found[key] = value
    return value


def register(item: Item) -> None:
    """Add a job to the rail. The same code twice with another meaning is a programming error."""
    if _ITEMS.setdefault(item.code, item) != item:
        message = f"two navigation items named {item.code!r}"
        raise ValueError(message)


def register_group(group: Group) -> None:
    """Add a group to the rail. The same code twice with another meaning is a programming error."""
    if _GROUPS.setdefault(group.code, group) != group:
        message = f"two navigation groups named {group.code!r}"
        raise ValueError(message)


def register_often(often: Mapping[str, tuple[tuple[str, Words], ...]]) -> None:
    """Say for roles which jobs they need most; a job that is not registered is never shown."""
    _OFTEN.update(often)


def register_search(search: Search) -> None:
    """Name the page that answers the search box."""
    _SEARCH[:] = [search]


def items() -> tuple[Item, ...]:
    """Return every registered job in the order of the rail."""
    return tuple(sorted(_ITEMS.values(), key=lambda each: (each.order, each.code)))


def links_for(actor: Actor, path: str) -> list[Link]:
    """Return the jobs and groups open to ``actor`` in the order of the rail.

    The item whose address is the longest prefix of ``path`` is current; its group is open and shows its items.
    A group in which the actor has one job only is that job.
    """
    links = _offered(actor, path)
    placed = [(item.order, link) for item, link in links if not item.group]
    for group in _GROUPS.values():
        inside = tuple(link for item, link in links if item.group == group.code)
        if inside:
            placed.append((group.order, inside[0] if len(inside) == 1 else _group_link(group, inside)))
    return [link for _order, link in sorted(placed, key=lambda each: each[0])]


def often_for(actor: Actor, path: str) -> list[Link]:
    """Return the jobs that the actor's roles need most, each once, in the order in which the roles name them."""
    open_here = {item.code: link for item, link in _offered(actor, path)}
    wanted = [each for role in dict.fromkeys(grant.role for grant in actor.grants) for each in _OFTEN.get(role, ())]
    named = {code: what for code, what in reversed(wanted) if code in open_here}
    return [
        replace(open_here[code], what=named[code])
        for code in dict.fromkeys(code for code, _w in wanted if code in named)
    ]


def place_of(actor: Actor, path: str) -> Hashable:
    """Return what the rail of a page depends on: with the same roles and the same current job it is the same rail."""
    return _standing(actor), _current(actor, path)


def _standing(actor: Actor) -> Hashable:
    """Return all that decides which jobs are open: the roles held, in order, with what they permit."""
    held = tuple(dict.fromkeys((grant.role, grant.permissions) for grant in actor.grants))
    return actor.kind is ActorKind.ANONYMOUS, held, get_script_prefix(), get_urlconf()


def _open_to(actor: Actor) -> list[tuple[Item, str]]:
    """Return every job open to the actor with its address."""

    def find() -> list[tuple[Item, str]]:
        return [(item, reverse(item.url_name)) for item in items() if item.open_to(actor)]

    return remember(("open", _standing(actor)), find)


def _current(actor: Actor, path: str) -> str | None:
    """Return the address of the current job: the longest that ``path`` begins with."""
    matching = [url for _item, url in _open_to(actor) if path == url or (url != "/" and path.startswith(url))]
    return max(matching, key=len, default=None)


def _offered(actor: Actor, path: str) -> list[tuple[Item, Link]]:
    """Return every job open to the actor with its link."""
    current = _current(actor, path)
    return [(i, Link(i.code, i.label, i.icon, url, url == current, i.primary)) for i, url in _open_to(actor)]


def _group_link(group: Group, inside: tuple[Link, ...]) -> Link:
    """Return a group's link: open, with its items, when one of them is current."""
    is_open = any(link.current for link in inside)
    return Link(
        group.code, group.label, group.icon, inside[0].url, current=False, primary=False, items=inside, open=is_open
    )


def primary_of(links: list[Link], often: Sequence[Link] = ()) -> list[Link]:
    """Return the four links of the phone's bottom bar: the first job, then what is needed most; else those marked."""
    flat = [each for link in links for each in (link.items or (link,))]
    wanted = [*flat[:1], *often] if often else [each for each in flat if each.primary]
    return list({each.code: each for each in wanted or links}.values())[:4]


def search_for(actor: Actor) -> Search | None:
    """Return the search box's target, or None when there is none or the actor may not search."""
    if not _SEARCH:
        return None
    search = _SEARCH[0]
    probe = Item("search", "", "", search.url_name, search.permission)
    return search if probe.open_to(actor) else None
