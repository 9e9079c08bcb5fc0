"""Questions of talent."""
