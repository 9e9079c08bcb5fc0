"""飞地 Feidi: the operating platform of an innovation enclave (科创飞地)."""

__version__ = "0.1.0"
