"""Somebody applies for admission, without an account: a code opens the draft, and later how it stands."""
