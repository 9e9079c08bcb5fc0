"""Search 搜索: one index over everything a user may see, with the same answer on both databases.

Tokens are made in Python and are plain ASCII (decisions 17): SQLite keeps them in FTS5, PostgreSQL in a
``tsvector``; both only ever intersect sets of tokens. Who may find an entry is itself a token (``Scopes``), so a
narrow view is as fast as a wide one. Invariants: one entry per subject; the two indexes follow the table by trigger
(SQLite) or generated column (PostgreSQL), so nobody writes them; telephone and resident-card numbers are never
indexed.
"""
