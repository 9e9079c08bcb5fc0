"""看板: columns of a track, cards that move."""
