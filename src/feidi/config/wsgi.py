"""The WSGI application that granian serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feidi.config.settings")
application = get_wsgi_application()

# models, forms and views live as long as the process: to look through them for garbage, in the middle of some request,
# takes a tenth of a second and finds nothing
_views = get_resolver().url_patterns
gc.collect()
gc.freeze()
gc.set_threshold(5000, 20, 20)
