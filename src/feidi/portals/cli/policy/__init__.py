"""``feidi policy``: rules of a folder checked, and asked about the facts of a file. No Django, no database."""
