"""Identity 用户: who may sign in. Knows credentials, knows no outpost and no role."""
