"""What tests share: the database server, the browser, counting queries, strict templates."""
