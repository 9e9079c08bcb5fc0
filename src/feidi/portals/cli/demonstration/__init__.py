"""The demonstration 演示数据: an invented pair of places with an invented history, told through the services.

Everything here is made up. Places and credit codes lie in divisions (99xxxx) that do not exist, firms and persons
are drawn from lists of syllables, telephone numbers from one block. The same day gives the same history.
Nothing is written past the services: each event happens at its own moment in the past, under its own account.
"""
