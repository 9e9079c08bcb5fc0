"""Imports 导入: files that become rows, in four steps: file → columns → preview → commit (→ undo).

Knows no domain word. Holds the batch, one row per row of the file with what is planned for it, and the
remembered meaning of columns; and the means of bulk work: staging tables shaped like the real ones,
filled in short transactions, and one short transaction that copies them (decisions 11).
Invariants: a row appears once per batch; a committed batch says when; nothing of a batch is visible
before its commit, and a killed one leaves only gaps in numbers.
"""
