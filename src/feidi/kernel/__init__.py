"""Django mechanisms that know no domain word: identity, access, audit, content, jobs, files, evidence …"""
