"""What playbook tells the kernel at start: subject kinds, audited kinds, texts, the check of its content."""

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.parties.services.rebuilding import register_derived
from feidi.domain.playbook import access, content_checks
from feidi.domain.playbook.kinds import RUN, STEP
from feidi.domain.playbook.services.indexing import SOURCE
from feidi.domain.playbook.services.reassigning import HANDLER
from feidi.domain.playbook.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_handler(HANDLER)
    register_texts(TEXTS)
    content_checks.register()
    register_derived(SOURCE)
    register_subject(
        SubjectKind(
            RUN,
            "playbook.PlaybookRun",
            label=str,
            visible_to=access.runs_visible_to,
            url_name="console:playbooks:run_view",
        )
    )
    register_subject(
        SubjectKind(
            STEP,
            "playbook.RunStep",
            label=str,
            visible_to=access.steps_visible_to,
            url_name="console:playbooks:step_view",
        )
    )
    register_audited(AuditedKind(RUN, "playbook.PlaybookRun"))
    register_audited(AuditedKind(STEP, "playbook.RunStep"))
