"""Pages: the outpost's rooms, bookings and floor plan."""
