"""政策库: the catalogue of clauses, each policy with rules beside its text, each clause with who qualifies now."""
