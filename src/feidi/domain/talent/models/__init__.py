"""Tables of talent."""
