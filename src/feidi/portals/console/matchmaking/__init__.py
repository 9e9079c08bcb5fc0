"""Matchmaking days: the list, one of them with its agenda, arranging, papers."""
