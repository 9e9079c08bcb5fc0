"""Policy: services."""
