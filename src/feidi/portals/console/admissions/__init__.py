"""Pages: applications for admission."""
