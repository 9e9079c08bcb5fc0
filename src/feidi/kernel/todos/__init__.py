"""To-dos 待办 are what a person has to do by when. (Background jobs are ``jobs``).

Invariant: a done to-do says when (constraint).
"""
