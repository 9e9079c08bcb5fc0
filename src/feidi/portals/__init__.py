"""Pages and commands by audience, over one shared ``ui``."""
