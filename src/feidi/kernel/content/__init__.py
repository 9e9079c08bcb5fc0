"""Content 内容: what is true of a place (阶段, 角色, 台账列, 目标 …), as dated files; never code.

Invariants: the master is the published revisions in the database, the folder ``jurisdictions/`` is the
interchange; a revision never changes; the nearest place wins (禅城 → 佛山 → 广东 → 全国), file by file.
``library`` reads, ``publishing`` loads, compares and exports, ``checking`` checks a folder without a database.
"""
