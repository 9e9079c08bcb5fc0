"""Our settings with the admin added and our own portals' addresses and middleware taken away."""

from feidi.config.settings import *  # noqa: F403 - settings are made so
from feidi.config.settings import INSTALLED_APPS, MIDDLEWARE

INSTALLED_APPS = [*INSTALLED_APPS, "django.contrib.admin"]
MIDDLEWARE = [each for each in MIDDLEWARE if not each.startswith(("feidi.", "django_htmx.", "csp."))]
ROOT_URLCONF = "benchmarks.peer.site"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
