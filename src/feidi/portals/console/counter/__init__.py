"""Pages of the service counter."""
