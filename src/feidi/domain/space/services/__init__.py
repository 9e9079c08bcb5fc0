"""Space: services."""
