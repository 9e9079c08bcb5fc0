"""Names of organizations and projects: folding for comparison (parsing and candidates follow in A2)."""

from feidi.engines.names.folding import fold_name

__all__ = ["fold_name"]
