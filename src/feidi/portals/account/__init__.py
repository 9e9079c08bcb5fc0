"""Account 登录与账户."""
