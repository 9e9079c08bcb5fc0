"""``feidi playbook``: service playbooks without Django."""
