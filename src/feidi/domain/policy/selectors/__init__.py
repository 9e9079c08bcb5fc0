"""Policy: selectors."""
