"""Evidence 证据."""
