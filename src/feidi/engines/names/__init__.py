"""Names of organizations and projects: parts of a name, likeness of two, candidates among many.

``parse_name`` divides a name; ``compare`` lays two beside each other; ``keys_of`` gives the keys by which a table finds
pairs worth comparing; ``NameIndex`` (in ``names.index``, with numpy) answers for a million names at once.
"""

from feidi.engines.names.codes import CODES, CODES_EN
from feidi.engines.names.folding import fold_name
from feidi.engines.names.likeness import LIKELY, POSSIBLE, SAME, Likeness, Reason, Relation, compare, keys_of
from feidi.engines.names.parsing import ParsedName, Part, parse_name

__all__ = [
    "CODES",
    "CODES_EN",
    "LIKELY",
    "POSSIBLE",
    "SAME",
    "Likeness",
    "ParsedName",
    "Part",
    "Reason",
    "Relation",
    "compare",
    "fold_name",
    "keys_of",
    "parse_name",
]
