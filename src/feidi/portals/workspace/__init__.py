"""Workspace 入驻企业工作区."""
