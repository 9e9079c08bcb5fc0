"""Trips and receptions: 外出招商, 组团, 来访接待."""
