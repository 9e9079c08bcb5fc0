"""Work hand-over: 工作移交."""
