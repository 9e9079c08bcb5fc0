"""Pages of satisfaction and complaints."""
