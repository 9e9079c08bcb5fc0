"""Plain-Python engines: no Django, no database, no network, no clock.

An engine takes frozen values and returns frozen values. It speaks in codes with
parameters; ``kernel.messages`` turns codes into Chinese or English text.
"""
