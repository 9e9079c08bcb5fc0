"""Pages of a judge."""
