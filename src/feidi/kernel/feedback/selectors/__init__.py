"""Questions about feedback."""
