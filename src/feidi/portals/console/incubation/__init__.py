"""Pages: milestones, reports, services, outcomes."""
