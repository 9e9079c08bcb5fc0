"""Action plans: 重点任务分解表."""
