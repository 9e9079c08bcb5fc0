"""``feidi regions``: how indices and 互补点 are told."""
