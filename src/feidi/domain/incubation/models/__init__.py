"""Tables of incubation."""
