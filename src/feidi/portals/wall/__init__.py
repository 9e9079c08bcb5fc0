"""The wall 大屏: what is cleared for show, by itself, without flicker."""
