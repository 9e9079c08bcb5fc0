"""Files 文件: uploads, checked by content, named by their SHA-256, opened only through an access check.

Invariants: the bytes on disk are those of ``sha256``; the kind is what the content says, never the
name; a file marked 秘密/机密/内部资料 is refused or taken with a reason; nothing is deleted, only voided.
"""
