"""Pages: talents and green-channel cases."""
