"""What showcase tells the kernel at start: subject kinds, audited kinds, events, texts."""

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.showcase import access, content_checks, kinds
from feidi.domain.showcase.events import UNHEARD
from feidi.domain.showcase.services.reassigning import HANDLER
from feidi.domain.showcase.texts import TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Kind → model, fields of which the trail keeps a keyed digest only.
AUDITED: dict[str, tuple[str, frozenset[str]]] = {
    kinds.PUBLICATION: ("showcase.Publication", frozenset()),
    kinds.EDITION: ("showcase.Edition", frozenset()),
    kinds.PICTURE: ("showcase.Picture", frozenset()),
    kinds.SHEET: ("showcase.Sheet", frozenset()),
    kinds.PRODUCT: ("showcase.Product", frozenset()),
    kinds.MEDIA: ("showcase.MediaReport", frozenset()),
    kinds.VISIT: ("showcase.HallVisit", frozenset({"contact_enc", "contact_hint"})),
    kinds.INQUIRY: ("showcase.Inquiry", frozenset({"contact_enc", "contact_hint", "text", "unit"})),
}
_LEFT_OUT = frozenset({"origin_digest"})
SUBJECTS = (
    SubjectKind(
        kinds.PUBLICATION,
        "showcase.Publication",
        label=str,
        visible_to=access.publications_visible_to,
        url_name="console:showcase:publication_view",
    ),
    SubjectKind(kinds.PICTURE, "showcase.Picture", label=str, visible_to=access.pictures_visible_to),
    SubjectKind(kinds.SHEET, "showcase.Sheet", label=str, visible_to=access.sheets_visible_to),
    SubjectKind(kinds.PRODUCT, "showcase.Product", label=str, visible_to=access.products_visible_to),
    SubjectKind(
        kinds.MEDIA,
        "showcase.MediaReport",
        label=str,
        visible_to=access.media_visible_to,
        url_name="console:showcase:media_view",
    ),
    SubjectKind(
        kinds.VISIT,
        "showcase.HallVisit",
        label=str,
        visible_to=access.visits_visible_to,
        url_name="console:exhibition:visit_view",
    ),
    SubjectKind(
        kinds.INQUIRY,
        "showcase.Inquiry",
        label=str,
        visible_to=access.inquiries_visible_to,
        url_name="console:showcase:inquiry_view",
        personal=True,
    ),
)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_handler(HANDLER)
    register_texts(TEXTS)
    content_checks.register()
    for event, why in UNHEARD.items():
        declare(event, nobody_listens=why)
    for subject in SUBJECTS:
        register_subject(subject)
    for kind, (model, personal) in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=personal, left_out=_LEFT_OUT))
