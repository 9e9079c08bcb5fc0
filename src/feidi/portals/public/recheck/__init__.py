"""A township says whether firms are still there."""
