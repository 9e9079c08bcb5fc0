"""What the pages of the daily work share: choosing a project, an outpost or a colleague, histories, Word downloads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from typing_extensions import override

from feidi.domain.liaison.access import VIEW, VIEW_HOME
from feidi.domain.liaison.selectors.veiling import Veil
from feidi.domain.liaison.services.letters import Print
from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost, Plaque
from feidi.domain.parties.selectors.staff import staff_of
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.documents.office.papers import Paper
from feidi.kernel.identity.models import User
from feidi.portals.ui.clock import business_today, taken_by
from feidi.portals.ui.forms import Form
from feidi.portals.ui.pieces import TimelineEntry
from feidi.portals.ui.requests import FeidiRequest

EDIT, INSTRUCT, EXPORT = "liaison.edit", "liaison.instruct", "project.export"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_HISTORY = 60
#: What the trail calls an act → how a history says it.
ACTIONS = {
    "created": gettext_lazy("登记"),
    "changed": gettext_lazy("修改"),
    "urged": gettext_lazy("催办"),
    "members_set": gettext_lazy("更新名单"),
    "coarsened": gettext_lazy("到期隐去姓名"),
    "imported": gettext_lazy("导入任务表"),
    "linked": gettext_lazy("关联"),
    "unlinked": gettext_lazy("取消关联"),
    "undone": gettext_lazy("撤销"),
    "voided": gettext_lazy("作废"),
    "blocked": gettext_lazy("加入屏蔽名单"),
    "unblocked": gettext_lazy("移出屏蔽名单"),
    "sheet_filled": gettext_lazy("填写技术需求表"),
    "sheet_read_back": gettext_lazy("念给企业听过"),
    "shown_on_paper": gettext_lazy("登记给谁看过"),
    "shown": gettext_lazy("互见单位"),
}


def require_daily(actor: Actor) -> None:
    """Refuse unless the actor sees the daily work, as outpost or as home side."""
    if not actor.may(VIEW_HOME):
        require(actor, VIEW)


def scopes_of(outpost: Outpost) -> tuple[Scope, ...]:
    """Return the scopes over which a permission on an outpost's shared matters may be held."""
    return (outpost_scope(outpost.pk), Scope(ScopeKind.HOME, outpost.home_id))


def edits(actor: Actor, outpost: Outpost, *permissions: str) -> bool:
    """Tell whether the actor holds one of ``permissions`` over this outpost or its home."""
    return any(actor.may(each, *scopes_of(outpost)) for each in permissions)


def outposts_for(actor: Actor, *permissions: str) -> QuerySet[Outpost]:
    """Return the outposts over which (or over whose home) the actor holds one of ``permissions``."""
    found = Q(pk__in=[])
    for each in permissions:
        found |= Q(pk__in=actor.scopes(each, ScopeKind.OUTPOST)) | Q(home_id__in=actor.scopes(each, ScopeKind.HOME))
    return Outpost.objects.filter(found).select_related("home").order_by("code")


def people_of(outposts: QuerySet[Outpost]) -> QuerySet[User]:
    """Return who works at one of these outposts today, by name."""
    return staff_of(outposts.select_related("home"), business_today())


def plaques_of(outposts: QuerySet[Outpost] | Sequence[Outpost]) -> list[tuple[str, str]]:
    """Return (code, name) of the plaques under which these outposts work, each once."""
    rows = Plaque.objects.filter(outpost__in=outposts).order_by("id").values_list("code", "name")
    return list(dict(rows).items())


class ProjectField(forms.CharField):
    """A project by its code or whole name, of those the actor may open. ``cleaned``: the project or None."""

    def __init__(self, **more: Any) -> None:
        more = {"label": gettext_lazy("关联项目"), "required": False, "max_length": 160, **more}
        super().__init__(**more)
        self.actor: Actor | None = None

    @override
    def prepare_value(self, value: Any) -> Any:
        return f"{value.code} {value.name}" if isinstance(value, Project) else value

    @override
    def clean(self, value: Any) -> Any:
        written = str(super().clean(value)).strip()
        if not written or self.actor is None:
            return None
        code = written.split(maxsplit=1)[0]
        seen = visible_in_office(self.actor, Project.objects.filter(voided_at__isnull=True)).select_related("outpost")
        found = list(seen.filter(code__iexact=code)[:1]) or list(seen.filter(name=written)[:2])
        if len(found) != 1:
            words = _("没有找到项目“{value}”。") if not found else _("有几个项目叫“{value}”。")
            raise forms.ValidationError(words.format(value=written) + _("请填写项目编号，或完整的项目名称。"))
        return found[0]


class DailyForm(Form):
    """A form that chooses among what the actor may: ``outpost``, ``owner`` and the like, ``project``, ``plaque``."""

    #: What it means to choose no plaque.
    no_plaque: ClassVar[Any] = "—"

    def __init__(self, *args: Any, actor: Actor, outposts: QuerySet[Outpost], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = people_of(outposts)
        for name, field in self.fields.items():
            if isinstance(field, ProjectField):
                field.actor = actor
            elif isinstance(field, forms.ModelChoiceField):
                field.queryset = outposts if name == "outpost" else people
        if "plaque" in self.fields:
            offered = self.fields["plaque"]
            offered.choices = [("", self.no_plaque), *plaques_of(outposts)]  # type: ignore[attr-defined]
        if "outpost" in self.fields and self.fields["outpost"].required:
            self._settle_outpost(outposts)

    def _settle_outpost(self, outposts: QuerySet[Outpost]) -> None:
        """One outpost only: nothing to choose."""
        both = list(outposts[:2])
        if len(both) == 1:
            self.fields["outpost"].initial = both[0]
            self.fields["outpost"].widget = forms.HiddenInput()


def colleague_field(label: Any, **more: Any) -> forms.ModelChoiceField[User]:
    """Return a choice among colleagues; ``DailyForm`` fills it."""
    given = {"required": False, "queryset": User.objects.none(), "empty_label": "—", **more}
    return forms.ModelChoiceField(label=label, **given)


def outpost_field(*, required: bool = True) -> forms.ModelChoiceField[Outpost]:
    """Return a choice among outposts; ``DailyForm`` fills it and hides it where there is one only."""
    empty = None if required else gettext_lazy("全部")
    return forms.ModelChoiceField(
        label=gettext_lazy("驻点"), required=required, queryset=Outpost.objects.none(), empty_label=empty
    )


def asked_project(request: FeidiRequest) -> Project | None:
    """Return the project that ``?project=`` names, if the actor may open it: a form begun from a record."""
    uid = request.GET.get("project", "")
    return visible_in_office(request.actor, Project.objects.filter(uid=uid)).first() if uid else None


def _act(action: str, touched: Sequence[str]) -> str:
    """Return what was done, and to which fields."""
    word = str(ACTIONS.get(action, action))
    return _("{act}：{fields}").format(act=word, fields="、".join(touched)) if touched else word


def history_of(
    kind: str, uid: str, veil: Veil, fields: Mapping[str, Any], turns: Mapping[str, Any] | None = None
) -> list[TimelineEntry]:
    """Return what the trail knows of a row, newest first: who, when, which of ``fields`` changed; no values.

    ``turns``: state that a row went into → how that is said.
    """
    entries = AuditEntry.objects.filter(subject_kind=kind, subject_uid=uid).select_related("link").order_by("-id")
    return [_told(each, veil, fields, turns or {}) for each in entries[:_HISTORY]]


def _turn(entry: AuditEntry, turns: Mapping[str, Any]) -> str:
    """Return the words for a change of state, empty for any other change."""
    if entry.action != "changed":
        return ""
    if "minuted_at" in entry.changes:
        return str(turns.get("issued" if entry.changes["minuted_at"][-1] else "reopened", ""))
    change = entry.changes.get("state")
    return str(turns.get(change[-1], "")) if isinstance(change, list) and change else ""


def _told(entry: AuditEntry, veil: Veil, fields: Mapping[str, Any], turns: Mapping[str, Any]) -> TimelineEntry:
    touched = [str(fields[name]) for name in entry.changes if name in fields] if entry.action != "created" else []
    note = entry.changes.get("note", "") if entry.action != "changed" else ""
    text = "\n".join(part for part in (veil.text(str(note)), veil.text(entry.reason)) if part)
    return TimelineEntry(
        when=entry.link.at,
        title=_turn(entry, turns) or _act(entry.action, touched),
        text=text,
        who=entry.link.actor_label,
        icon="bell" if entry.action == "urged" else "history",
        tone="warn" if entry.action == "urged" else "quiet",
    )


def print_by(request: FeidiRequest) -> Print:
    """Return how papers are printed for who asks."""
    mark = taken_by(request.user, request.now)
    return Print(on=request.today, watermark=mark, demonstration=bool(settings.FEIDI_DEMONSTRATION))


def word_file(paper: Paper, name: str) -> HttpResponse:
    """Return a paper as a .docx download."""
    from feidi.kernel.documents.office.rendering import render_paper  # noqa: PLC0415 - python-docx is slow to load

    response = HttpResponse(render_paper(paper), content_type=DOCX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.docx"
    return response


def words_of(choices: list[tuple[str, str]]) -> Callable[[str], str]:
    """Return the function that says a code in the words of ``choices``; an unknown one shows itself."""
    known = dict(choices)
    return lambda code: known.get(code, code)
