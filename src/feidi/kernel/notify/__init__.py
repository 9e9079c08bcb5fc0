"""Mail 邮件: off unless somebody asks for it, written as a row first, sent by a job after the commit.

Invariants: a mail leaves only after the transaction that asked for it has committed; it is tried again while the server
does not answer; the same ``once`` is written one time; addresses and bodies are sealed, and a body is forgotten as soon
as it is sent. Digests go only to who subscribed, and one tap from the mail ends that.

Verbs are in ``services``; an app adds a part to the digest by ``digests.register_digest``.
"""
