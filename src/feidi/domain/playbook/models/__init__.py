"""Tables of playbook."""
