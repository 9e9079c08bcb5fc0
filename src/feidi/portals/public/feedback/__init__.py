"""Pages of the one-minute questions."""
