"""Other search engines over the same texts, each given pairs of characters and whole words: what ours is held against.

An engine that is not installed says so in the tables. None of them filters by facts or explains.
"""

from __future__ import annotations

import importlib.util
import sqlite3
from collections.abc import Callable, Sequence

from feidi.engines.affinity.folding import BREAK, LETTER, SIGN, fold, kind_of

#: Answers a need with the rows of its best texts.
Ask = Callable[[str, int], list[int]]


def tokens(text: str) -> list[str]:
    """Return pairs of neighbouring Chinese characters and words of letters, folded."""
    found, word, before = [], "", ""
    for char in fold(text) + "\n":
        kind = kind_of(ord(char))
        if kind == LETTER:
            word += char
        elif word:
            found.append(word)
            word = ""
        if kind == SIGN and before:
            found.append(before + char)
        before = char if kind == SIGN else ""
    assert not word or kind == BREAK
    return found


def with_bm25s(texts: Sequence[str]) -> Ask:
    """Return bm25s over these texts."""
    import bm25s  # noqa: PLC0415 - of the bench group

    index = bm25s.BM25(k1=1.2, b=0.75)
    index.index([tokens(text) for text in texts], show_progress=False)

    def ask(need: str, top: int) -> list[int]:
        known = [each for each in tokens(need) if each in index.vocab_dict]
        if not known:
            return []
        rows, scores = index.retrieve([known], k=min(top, len(texts)), show_progress=False)
        return [int(row) for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return ask


def with_tantivy(texts: Sequence[str]) -> Ask:
    """Return tantivy over these texts."""
    import tantivy  # noqa: PLC0415 - of the bench group

    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("row", stored=True)
    builder.add_text_field("body", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(256_000_000, 1)
    for row, text in enumerate(texts):
        writer.add_document(tantivy.Document(row=row, body=" ".join(tokens(text))))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def ask(need: str, top: int) -> list[int]:
        terms = [tantivy.Query.term_query(schema, "body", each, "freq") for each in tokens(need)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in terms])
        found = searcher.search(query, top, count=False).hits
        return [int(searcher.doc(address)["row"][0]) for _score, address in found]

    return ask


def with_fts5(texts: Sequence[str]) -> Ask:
    """Return SQLite's FTS5 over these texts."""
    connection = sqlite3.connect(":memory:")
    connection.execute('CREATE VIRTUAL TABLE offers USING fts5(body, tokenize = "unicode61 remove_diacritics 0")')
    rows = ((row, " ".join(tokens(text))) for row, text in enumerate(texts))
    connection.executemany("INSERT INTO offers (rowid, body) VALUES (?, ?)", rows)

    def ask(need: str, top: int) -> list[int]:
        asked = " OR ".join(f'"{each}"' for each in dict.fromkeys(tokens(need)))
        if not asked:
            return []
        query = "SELECT rowid FROM offers WHERE offers MATCH ? ORDER BY rank LIMIT ?"
        return [int(row) for (row,) in connection.execute(query, (asked, top))]

    return ask


#: Name → module it needs (None: none), and how it is made.
PEERS: dict[str, tuple[str | None, Callable[[Sequence[str]], Ask]]] = {
    "bm25s": ("bm25s", with_bm25s),
    "tantivy": ("tantivy", with_tantivy),
    "SQLite FTS5": (None, with_fts5),
}


def made(name: str, texts: Sequence[str]) -> Ask | None:
    """Return a peer over these texts; None when it is not installed."""
    module, make = PEERS[name]
    return make(texts) if module is None or importlib.util.find_spec(module) else None


def absent() -> list[str]:
    """Return the peers that are not installed."""
    return [name for name, (module, _make) in PEERS.items() if module and not importlib.util.find_spec(module)]
