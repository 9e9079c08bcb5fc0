"""成本测算: host against home for one firm's needs; the address is the whole state, so that it can be sent on."""
