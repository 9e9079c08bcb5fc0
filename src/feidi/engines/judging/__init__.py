"""Judging: scores of several judges into a result, by a written rule, and what harsh and lenient judges do to it."""
