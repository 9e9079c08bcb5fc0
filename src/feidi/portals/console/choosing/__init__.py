"""遴选: which projects to foster so that enough of them land, under area, budget and sectors."""
