"""人才工作站: talents with their consents, positions, flexible contracts, and the green channel's cases."""
