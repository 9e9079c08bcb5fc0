"""Word and Excel papers: written in official style, filled into other people's forms, checked after editing.

``papers``    a paper as a tree of frozen values, ``rendering`` makes the .docx of it
``shapes``    what a superior's blank form looks like, ``binding`` ties its places to figures, ``filling`` fills it
``checking``  the figures of an edited .docx against those that were issued
``chat_text`` the few lines that go into a chat group

No models, no clock, no database: bytes and values in, bytes and values out. Nothing is imported here, because the
libraries behind are slow to load and most pages need none of them.
"""
