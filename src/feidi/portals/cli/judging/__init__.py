"""The verb of ``feidi judging``: a table of scores becomes a ranking."""
