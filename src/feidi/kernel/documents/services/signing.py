"""The signed paper comes back: recognised by its QR, attached to its form, with signers and dates (线下签署)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localtime

from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.access import can_view
from feidi.kernel.documents.hashing import DIGEST_LENGTH, content_hash, spaced
from feidi.kernel.documents.models import PrintedForm, SignedCopy
from feidi.kernel.documents.recognition import Recognition, recognise
from feidi.kernel.documents.selectors import changed_since_print, find_form
from feidi.kernel.files.kinds import PICTURES
from feidi.kernel.files.models import StoredFile
from feidi.kernel.files.services import path_of
from feidi.kernel.subjects import Subject


def attach_signed_copy(
    *,
    actor: Actor,
    now: datetime,
    form: PrintedForm | None,
    file: StoredFile,
    signers: Sequence[Mapping[str, str]],
    signed_on: date,
    sealed: bool,
    recognised_note: str = "",
    current_data: Mapping[str, Any] | None = None,
) -> SignedCopy:
    """Attach a photograph or scan of a signed form. ``signers``: {name, role}, in the order of the paper.

    ``form`` None: the QR decides. ``current_data``: what the form would say today; when it differs from what
    was printed, the signature is for something else. Refused: the QR belongs to another form (both are named) or
    to none; it cannot be read and no form was chosen with a ``recognised_note``; paper or record were altered;
    the file is of another subject, voided, no picture; no signers; a date before printing or after today.
    Reading the picture takes up to some seconds and happens before the transaction begins.
    """
    _check_file(file)
    recognition = recognise(path_of(file))
    chosen = _form_of(actor, recognition, form, recognised_note)
    _check_content(chosen, recognition, current_data)
    _check_signing(chosen, signers, signed_on, localtime(now).date())
    if (file.subject_kind, file.subject_uid) != (chosen.subject_kind, chosen.subject_uid):
        raise refuse("documents.file_of_other_subject", name=file.name, title=chosen.title)
    copy = SignedCopy(
        form=chosen,
        file=file,
        recognised=recognition.code is not None,
        recognised_note=recognised_note.strip()[:300],
        signers=[{key: str(value).strip() for key, value in signer.items()} for signer in signers],
        signed_on=signed_on,
        sealed=sealed,
        recorded_by_id_number=actor.user_id,
        recorded_by=actor.label[:160],
        created_at=now,
    )
    with recorded(actor=actor, now=now) as unit:
        PrintedForm.objects.select_for_update().get(pk=chosen.pk)  # one at a time: the next line must stay true
        same = SignedCopy.objects.filter(form=chosen, file__sha256=file.sha256, voided_at__isnull=True)
        if same.exists():
            raise refuse("documents.already_attached", name=file.name, title=chosen.title)
        copy.save()
        unit.created(copy, kind="documents.signed_copy", reason=copy.recognised_note)
    return copy


def void_signed_copy(*, actor: Actor, now: datetime, copy: SignedCopy, reason: str) -> SignedCopy:
    """Take a signed copy back (wrong paper, signer missing). Refused: no reason, taken back before."""
    if not reason.strip():
        raise refuse("documents.void_needs_reason", title=copy.form.title)
    with recorded(actor=actor, now=now) as unit:
        row = SignedCopy.objects.select_for_update(of=("self",)).select_related("form").get(pk=copy.pk)
        if row.voided_at is not None:
            raise refuse("documents.copy_voided", title=row.form.title, reason=row.void_reason)
        before = unit.before(row)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind="documents.signed_copy", before=before, reason=row.void_reason, action="voided")
    return row


def _form_of(actor: Actor, recognition: Recognition, form: PrintedForm | None, note: str) -> PrintedForm:
    if recognition.code is None:
        if form is None or not note.strip():
            raise refuse("documents.qr_needs_person", recognition.finding)
        return form
    found = find_form(recognition.code.token)
    if found is None:
        raise refuse("documents.unknown_form", token=spaced(recognition.code.token))
    if form is not None and found.pk == form.pk:
        return form
    if not can_view(actor, found):
        # the other form's name is not for this actor's eyes
        raise refuse("documents.unknown_form", token=spaced(recognition.code.token))
    if form is not None:
        raise refuse(
            "documents.other_form",
            found=found.title,
            found_token=spaced(found.token),
            chosen=form.title,
            chosen_token=spaced(form.token),
        )
    return found


def _check_content(form: PrintedForm, recognition: Recognition, current_data: Mapping[str, Any] | None) -> None:
    subject = Subject(form.subject_kind, form.subject_uid)
    kept = content_hash(subject=subject, form=form.form, title=form.title, data=form.data)
    if kept != form.sha256:
        raise refuse("documents.record_altered", title=form.title, token=spaced(form.token))
    if recognition.code is not None and recognition.code.digest != form.sha256[:DIGEST_LENGTH]:
        raise refuse("documents.paper_altered", title=form.title, token=spaced(form.token))
    changed = changed_since_print(form, current_data) if current_data is not None else ()
    if changed:
        raise refuse(
            "documents.content_changed",
            title=form.title,
            printed=f"{localtime(form.created_at):%Y-%m-%d %H:%M}",
            fields="、".join(changed),
        )


def _check_signing(form: PrintedForm, signers: Sequence[Mapping[str, str]], signed_on: date, today: date) -> None:
    names = [str(signer.get("name", "")).strip() for signer in signers]
    if not names or not all(names):
        raise refuse("documents.signers_missing", title=form.title)
    if len(set(names)) != len(names):
        raise refuse("documents.signer_twice", title=form.title)
    printed_on = localtime(form.created_at).date()
    if signed_on > today:
        raise refuse("documents.signed_in_future", date=signed_on.isoformat())
    if signed_on < printed_on:
        raise refuse("documents.signed_before_print", date=signed_on.isoformat(), printed=printed_on.isoformat())


def _check_file(file: StoredFile) -> None:
    if file.voided_at is not None:
        raise refuse("files.voided", name=file.name, reason=file.void_reason)
    if file.kind != "pdf" and file.kind not in PICTURES:
        raise refuse("documents.copy_is_no_picture", name=file.name)
    if not path_of(file).is_file():
        raise refuse("files.bytes_missing", name=file.name)
