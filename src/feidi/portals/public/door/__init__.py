"""Pages: the code on a room's door."""
