"""The peer of ``benchmarks.pages``: Django's admin over the same table, open to everybody (never serve this)."""
