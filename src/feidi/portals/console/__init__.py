"""Console 运营与主办方后台."""
