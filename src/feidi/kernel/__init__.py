"""Django mechanisms that know no domain word, such as identity, access, audit, content, jobs, files and evidence."""
