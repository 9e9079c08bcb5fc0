"""Working days 工作日: which days people work, from the State Council's yearly notices.

A year with a notice (放假与调休) is certain; any other year is reckoned from weekends and statutory
holidays, and every date that rests on it is 暂定 (``provisional``) until an administrator uploads the notice.
Invariants: a notice is never changed, a later one of the same year replaces it; within a notice a day occurs once.
``working_days`` answers, ``clock`` reckons due dates, ``services.years`` takes a notice.
"""
