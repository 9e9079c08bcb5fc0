"""孵化与加速: admission, tenancy, milestones, reports, services, outcomes, graduation and the yearly statistics."""
