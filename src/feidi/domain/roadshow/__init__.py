"""活动与路演: activities with registration and check-in, roadshows with recusal, scoring and sealed results."""
