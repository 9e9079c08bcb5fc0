"""Pages of the public showcase in the console."""
