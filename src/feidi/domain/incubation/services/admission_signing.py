"""协议与入驻: the tenancy agreement is entered, the project is signed, the host track opens."""

from __future__ import annotations

from datetime import datetime

from feidi.domain.incubation.admission_enums import ApplicationState
from feidi.domain.incubation.models import Application
from feidi.domain.incubation.services.admission_steps import close_down, require_edit, stepping
from feidi.domain.incubation.services.admission_tracks import admit_on_host, advance_talks
from feidi.domain.pipeline.enums import AgreementKind, Stage
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.services.agreements import NewAgreement, add_agreement
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded


def sign_admission(*, actor: Actor, now: datetime, application: Application, new: NewAgreement) -> Agreement:
    """Enter the tenancy agreement of an approved application: agreeing, signed, then 入驻 on the host track.

    Refused: another kind of agreement, not approved, as the pipeline refuses (no scan, past the head lease, a guard of
    agreeing or signed that is not met: with every reason). The tenancy itself follows (``services.tenancies``).
    """
    require_edit(actor, application)
    if new.kind != AgreementKind.TENANCY:
        raise refuse("incubation.tenancy_agreement", kind=str(AgreementKind(new.kind).label))
    with recorded(actor=actor, now=now):
        with stepping(application, ApplicationState.ADMITTED, actor=actor, now=now) as row:
            project, officer = row.project, row.officer
            if project is None or officer is None:
                raise refuse("incubation.accept_first")
            held = Project.objects.select_related("outpost__home").get(pk=project.pk)
            advance_talks(actor=actor, now=now, project=held, to=Stage.AGREEING, officer=officer)
            row.agreement = add_agreement(actor=actor, now=now, project=held, new=new)
            advance_talks(actor=actor, now=now, project=held, to=Stage.SIGNED, officer=officer)
            admit_on_host(actor=actor, now=now, project=held)
        close_down(application, actor=actor, now=now)
    agreement: Agreement = application.agreement  # type: ignore[assignment]  # set above
    return agreement
