"""Names of organizations and projects: parts of a name, likeness of two, candidates among many."""

from feidi.engines.names.folding import fold_name
from feidi.engines.names.parsing import ParsedName, Part, parse_name

__all__ = ["ParsedName", "Part", "fold_name", "parse_name"]
