"""申报: what runs on the official platforms, followed here. Nothing is applied for on these pages, and they say so."""
