"""Pages of what an organization shows of itself."""
