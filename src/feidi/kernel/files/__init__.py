"""Stored files 文件."""
