"""空间: what the outpost has under its roof, and by which right.

The head lease (上游租约) stands here first: no tenancy may outlast it. Floors, rooms, desks and bookings follow.
"""
