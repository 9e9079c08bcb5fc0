"""Settings and urls: one file each, read from the environment, safe for the embedded case."""
