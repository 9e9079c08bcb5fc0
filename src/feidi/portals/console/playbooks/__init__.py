"""Pages: playbooks and their runs."""
