"""Pages: tenancies and what is due."""
