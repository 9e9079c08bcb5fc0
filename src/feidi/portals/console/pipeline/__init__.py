"""Projects in the console: list, record, moves, agreements, landing."""
