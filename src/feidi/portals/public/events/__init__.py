"""Pages of activities for visitors."""
