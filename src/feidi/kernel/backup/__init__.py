"""Backup and restore 备份."""
