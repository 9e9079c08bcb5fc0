"""Rules: who qualifies for what, why or why not, how much; exact and three-valued.

A clause (``clauses``) has a condition (``conditions``) and an amount (``amounts``) over a typed fact dictionary
(``facts``). ``results`` are the answers. ``docs/policy_language.md`` is the one written meaning; the reference
interpreter defines the result, the columnar kernel and the emitted SQL agree with it.
"""
