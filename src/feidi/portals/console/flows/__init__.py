"""Pages of the factor flows."""
