"""Questions of incubation."""
