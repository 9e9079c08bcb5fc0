"""Backup and restore 备份与恢复: one archive that either database can be restored from.

The archive (``.tar.gz``) holds one JSON-lines member per table, the uploaded files, and last a manifest with
counts, checksums and the head of the audit chain. Invariants: it is one consistent moment of a database that
keeps being written to; it never holds a key; a damaged archive is refused before anything is touched; a
restore goes into an empty place and ends with the audit chain verified against the manifest.
"""
