"""Where the rows of each figure come from: one module per app asked, each a function of a view giving readings by code."""
