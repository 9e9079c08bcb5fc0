"""Questions of playbook."""
