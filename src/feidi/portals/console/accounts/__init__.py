"""Pages of the console: 账号与角色."""
