"""委托运营协议: the contract, what it costs, what was promised, how each year was assessed."""
