"""Content revisions 内容."""
