"""供需对接: 需求与供给、候选核对、对接与结果、产业互补、投资对接、项目遴选.

Needs and offers of both cities, lists of candidates that a person checks before they leave, introductions in which both
sides agree before names are shown, and what came of them. Points down at pipeline and parties; nothing points at it.
Invariants: who is on a profile's block list never sees it, at no address and in no search; a list that was shown is kept
as it was; names are shown only after both advisers have agreed; an outcome counts with accepted evidence only.
"""
