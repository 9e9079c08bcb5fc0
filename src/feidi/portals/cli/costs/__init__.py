"""``feidi cost``: host against home on the command line."""
