"""Deadlines 时限: clocks that content defines, running on subjects.

Invariants: at most one running clock per subject and code (constraint); a clock taken from another
city carries that city's name until the place confirms it; a due date in a year whose working days
are not yet announced is marked provisional.
"""
