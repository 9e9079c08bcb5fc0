"""Writing an edition and leading it to the public, back again, and off the site."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.showcase.access import EDIT, PUBLISH, staff_sees
from feidi.domain.showcase.enums import EditionState, PublicationKind
from feidi.domain.showcase.fields import FIELDS, NAME
from feidi.domain.showcase.models import Edition, Picture, Publication
from feidi.domain.showcase.selectors.publications import get_publication, written_edition
from feidi.domain.showcase.services.drafts import FACTS, Draft, change_draft, new_edition
from feidi.domain.showcase.services.pictures import keep_picture
from feidi.domain.showcase.services.publishing import (
    abandon_draft,
    publish_edition,
    return_edition,
    send_for_review,
    withdraw_publication,
)
from feidi.engines.findings import refuse
from feidi.portals.console.pipeline.views.saving import save_page, uploaded
from feidi.portals.console.showcase.forms import DraftForm, HoldBackForm, PublishForm, initial_of
from feidi.portals.console.showcase.publications import FORM
from feidi.portals.ui.requests import FeidiRequest


def staff_publication(request: FeidiRequest, uid: str, permission: str) -> Publication:
    """Return one of the actor's outposts over which the permission is held; others are not found or refused."""
    row = get_publication(request.actor, uid)
    if not staff_sees(request.actor, row.outpost_id):
        raise Publication.DoesNotExist
    require(request.actor, permission, outpost_scope(row.outpost_id))
    return row


def _written(row: Publication) -> Edition:
    edition = written_edition(row)
    if edition is None:
        raise refuse("showcase.not_in_state", needed=str(EditionState.DRAFT.label), state="—")
    return edition


def _url(uid: str) -> str:
    return reverse("console:showcase:publication_view", args=[uid])


@require_http_methods(["GET", "POST"])
def publication_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write the draft; of an owner's row only what is held back can be chosen."""
    row = staff_publication(request, uid, EDIT)
    edition = _written(row)
    extra = {"title": row.title, "subtitle": row.get_kind_display(), "submit": _("保存草稿")}
    if row.sheet is not None:
        offered = [(each.code, each.label) for each in FIELDS[row.kind] if each.code in row.sheet.released]
        offered = [each for each in offered if each[0] != NAME]
        form: Any = HoldBackForm(
            uploaded(request)[0],
            offered=offered,
            initial={"held_back": edition.held_back, "version": edition.version},
        )
        return save_page(
            request,
            template=FORM,
            form=form,
            save=lambda data: _hold_back(request, edition, data),
            done=_("已保存。"),
            onward=_url(uid),
            extra=extra,
        )
    facts = FACTS[PublicationKind(row.kind)]
    form = DraftForm(
        *uploaded(request), facts=facts, initial={**initial_of(edition.content, facts), "version": edition.version}
    )
    return save_page(
        request,
        template=FORM,
        form=form,
        save=lambda data: _save(request, edition, data, facts),
        done=_("已保存。"),
        onward=_url(uid),
        fields={"showcase.title_needed": "title_zh", "showcase.active_text": "body_zh"},
        extra=extra,
    )


def _hold_back(request: FeidiRequest, edition: Edition, data: dict[str, Any]) -> None:
    change_draft(
        actor=request.actor,
        now=request.now,
        edition=edition,
        draft=Draft(held_back=tuple(data["held_back"])),
        version=data["version"],
    )


def _save(request: FeidiRequest, edition: Edition, data: dict[str, Any], facts: tuple[str, ...]) -> None:
    draft = Draft(
        texts={name: {"zh": data[f"{name}_zh"], "en": data[f"{name}_en"]} for name in ("title", "summary", "body")},
        facts={code: data[f"fact_{code}"] for code in facts},
        cover=_cover(request, edition, data),
        figures=tuple(edition.content.get("figures", ())),
    )
    change_draft(actor=request.actor, now=request.now, edition=edition, draft=draft, version=data["version"])


def _cover(request: FeidiRequest, edition: Edition, data: dict[str, Any]) -> Picture | None:
    upload = data["cover"]
    if data["no_cover"]:
        return None
    if upload is None:
        return edition.cover
    return keep_picture(
        actor=request.actor,
        now=request.now,
        outpost=edition.publication.outpost,
        name=upload.name or "",
        chunks=upload.chunks(),
        alt=data["alt"],
    )


@require_POST
def edition_new(request: FeidiRequest, uid: str) -> HttpResponse:
    """Begin another edition from the last one."""
    row = staff_publication(request, uid, EDIT)
    new_edition(actor=request.actor, now=request.now, publication=row)
    return redirect("console:showcase:publication_edit", uid)


@require_POST
def edition_send(request: FeidiRequest, uid: str) -> HttpResponse:
    """Send the draft to whoever publishes."""
    row = staff_publication(request, uid, EDIT)
    send_for_review(actor=request.actor, now=request.now, edition=_written(row))
    messages.success(request, _("已送审。"))
    return redirect(_url(uid))


@require_POST
def edition_return(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give it back to its author."""
    row = staff_publication(request, uid, PUBLISH)
    reason = request.POST.get("reason", "")
    return_edition(actor=request.actor, now=request.now, edition=_written(row), reason=reason)
    messages.success(request, _("已退回。"))
    return redirect(_url(uid))


@require_POST
def edition_publish(request: FeidiRequest, uid: str) -> HttpResponse:
    """Publish it, now or from an hour on."""
    row = staff_publication(request, uid, PUBLISH)
    form = PublishForm(request.POST)
    if not form.is_valid():
        said = "；".join(str(each) for errors in form.errors.values() for each in errors)
        messages.error(request, _("没有发布：{said}").format(said=said))
        return redirect(f"{_url(uid)}#review")
    data = form.cleaned_data
    hour = datetime.combine(data["on"], data.get("at") or time(9), SHANGHAI) if data.get("on") else None
    edition = publish_edition(actor=request.actor, now=request.now, edition=_written(row), visible_from=hour)
    later = edition.visible_from is not None and edition.visible_from > request.now
    messages.success(request, _("已定时发布。") if later else _("已发布。"))
    return redirect(_url(uid))


@require_POST
def edition_abandon(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give the draft up; it stays on file."""
    row = staff_publication(request, uid, EDIT)
    abandon_draft(actor=request.actor, now=request.now, edition=_written(row), reason=request.POST.get("reason", ""))
    messages.success(request, _("草稿已放弃。"))
    return redirect(_url(uid))


@require_POST
def publication_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take it off the site, at once."""
    row = staff_publication(request, uid, PUBLISH)
    reason = request.POST.get("reason", "")
    withdraw_publication(actor=request.actor, now=request.now, publication=row, reason=reason)
    messages.success(request, _("已撤下，网站上立刻看不到。"))
    return redirect(_url(uid))
