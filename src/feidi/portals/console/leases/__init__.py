"""The head lease of the outpost."""
