"""统计分析: figures, funnel, trend, and the rows behind every number."""
