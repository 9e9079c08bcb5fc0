"""Settings of the tests: the real ones, in a home of their own, with shortcuts that change no behaviour.

``FEIDI_TEST_DB=postgresql`` runs them on a PostgreSQL that the session starts itself; default is SQLite in a file
(not in memory: the live server and concurrency tests open real connections).
"""

import os

from tests.support import home

FEIDI_HOME = home.make_home()
for _name in [each for each in os.environ if each.startswith("FEIDI_") and not each.startswith("FEIDI_TEST_")]:
    del os.environ[_name]
os.environ.pop("DATABASE_URL", None)
os.environ["FEIDI_HOME"] = str(FEIDI_HOME)
os.environ["FEIDI_KEYS"] = str(FEIDI_HOME / "keys")

from feidi.config.settings import *  # noqa: E402, F403 - the environment had to be set before
from feidi.config.settings import STORAGES  # noqa: E402

DATABASES = {"default": home.database(FEIDI_HOME)}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
STATIC_ROOT = FEIDI_HOME / "static"
STATIC_ROOT.mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FEIDI_DEMONSTRATION = False
