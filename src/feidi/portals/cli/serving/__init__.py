"""``feidi serve``: one supervisor over the web server, the job worker and the scheduler."""
