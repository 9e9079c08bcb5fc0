"""联络日常: 交办事项、协调事项、会议、集中签约、重点任务、出访与接待、服务台登记、工作移交.

What the liaison office does all day around its projects. Points down at pipeline and parties; nothing points at it.
Invariants: every decision of a meeting has a responsible name; a register entry names who took it first; a hand-over
lists everything it moved and can be undone.
"""
