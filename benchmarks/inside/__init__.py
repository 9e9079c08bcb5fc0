"""Parts of measurements that run inside an installation, with Django set up; started by ``running.run_child``."""
