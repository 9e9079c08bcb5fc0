"""Promises of agreements and what came of them: commitments, benefit sharing, the clause lint."""
