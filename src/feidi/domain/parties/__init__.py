"""Parties 地点、驻点、单位、人员: who is who, and who may act for whom.

Invariants: an organization is one row, visible only to outposts linked to it; persons, contact
points, notes and relations belong to the outpost that wrote them; contact values are sealed and
every unsealing is audited; a fact is never overwritten, only superseded.
"""
