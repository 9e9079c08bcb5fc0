"""Pages that anybody may open who holds their link: no sign-in, nothing but what the link is for."""
