"""Who serves whom: the 匹配 page, lists that a person checks and sends, answers, weights, precision."""
