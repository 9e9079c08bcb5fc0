"""Random names for URLs."""

import secrets

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
UID_LENGTH = 12


def new_uid() -> str:
    """Return a random 12-character name for URLs (about 59 bits, no look-alike letters)."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(UID_LENGTH))
