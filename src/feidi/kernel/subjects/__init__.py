"""Subject: how a lower app speaks of a row above it without a foreign key.

``Subject(kind, uid)`` is stored as two text columns. The owner of a kind registers it with a
label, a page and the rule who may see it; ``resolve`` finds the row, or says that the kind is unknown.
"""

from feidi.kernel.subjects.registry import (
    Subject,
    SubjectKind,
    find_row,
    is_personal,
    kind_of,
    label_of,
    register,
    registered_kinds,
    url_of,
    visible_row,
)
from feidi.kernel.subjects.uid import UID_LENGTH, new_uid

__all__ = [
    "UID_LENGTH",
    "Subject",
    "SubjectKind",
    "find_row",
    "is_personal",
    "kind_of",
    "label_of",
    "new_uid",
    "register",
    "registered_kinds",
    "url_of",
    "visible_row",
]
