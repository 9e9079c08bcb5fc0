"""Questions to roadshow."""
