"""Template tags and filters of every page (a builtin library: no ``load`` needed)."""
