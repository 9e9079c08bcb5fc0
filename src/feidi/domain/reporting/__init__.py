"""报送与统计: the definition table of the figures, targets, reports, bound forms, the operating contract, hand-over of data.

Reads everything below, writes only its own. Invariants: every figure opens its rows and carries its as-of date; an
assessment once frozen changes only by a listed correction.
"""
