"""Space: selectors."""
