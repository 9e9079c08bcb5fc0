"""Evidence 证据: a requirement is met by accepted items, and only somebody else may accept them.

Invariants: an item is submitted, accepted, or returned with a reason (constraint); its reviewer is
not its submitter (constraint); who may review is told by the owner app when it asks.
"""
