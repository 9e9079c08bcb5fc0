"""Questions of showcase."""
