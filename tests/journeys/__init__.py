"""Walks through the site in a real browser, as the people who use it would go."""
