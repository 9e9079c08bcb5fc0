"""What promises, targets and rechecks tell the kernel at start: subject kinds and texts."""

from __future__ import annotations

from feidi.domain.pipeline.promise_texts import TEXTS_PROMISES
from feidi.domain.pipeline.recheck_texts import TEXTS_RECHECKS
from feidi.domain.pipeline.selectors.benefits import terms_visible_to
from feidi.domain.pipeline.selectors.commitments import commitments_visible_to
from feidi.domain.pipeline.selectors.diligence import checks_visible_to
from feidi.domain.pipeline.selectors.rechecks import rechecks_visible_to
from feidi.domain.pipeline.selectors.targets import targets_visible_to
from feidi.domain.pipeline.target_texts import TEXTS_TARGETS
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind, register

_KINDS = (
    SubjectKind(
        "pipeline.commitment",
        "pipeline.Commitment",
        label=str,
        visible_to=commitments_visible_to,
        url_name="console:promises:commitment_view",
    ),
    SubjectKind(
        "pipeline.benefit_term",
        "pipeline.BenefitTerm",
        label=str,
        visible_to=terms_visible_to,
        url_name="console:promises:benefit_view",
    ),
    SubjectKind("pipeline.diligence", "pipeline.DiligenceCheck", label=str, visible_to=checks_visible_to),
    SubjectKind(
        "pipeline.target",
        "pipeline.Target",
        label=str,
        visible_to=targets_visible_to,
        url_name="console:targets:target_view",
    ),
    SubjectKind("pipeline.recheck", "pipeline.LandingRecheck", label=str, visible_to=rechecks_visible_to),
)


def register_promises() -> None:
    """Run once, from ``registering.register``."""
    for texts in (TEXTS_PROMISES, TEXTS_TARGETS, TEXTS_RECHECKS):
        register_texts(texts)
    for kind in _KINDS:
        register(kind)
