"""The product's settings with what a test run needs: own data folder, cheap passwords, no build.

Must not depend on the environment of the person at the shell, except for TANDEMWERK_DATABASE_URL,
by which `make test` runs the same tests on PostgreSQL.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher

_KEPT = "TANDEMWERK_DATABASE_URL"
for _name in [name for name in os.environ if name.startswith("TANDEMWERK_") and name != _KEPT]:
    del os.environ[_name]

# One folder per process: parallel workers must not share a database file.
_DATA = Path(tempfile.mkdtemp(prefix="tandemwerk-tests-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
os.environ["TANDEMWERK_DATA"] = str(_DATA)

from tandemwerk.config.settings import *  # noqa: E402, F403  # the environment comes first
from tandemwerk.config.settings import DATABASES, STORAGES  # noqa: E402


class QuickArgon2(Argon2PasswordHasher):
    """The real algorithm at a cost that lets thousands of test accounts exist."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1


PASSWORD_HASHERS = [f"{__name__}.QuickArgon2"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, as in real life: threads and the live server must see one database with WAL and
    # locks. Nobody pulls the plug on a test, so it need not wait for the disk.
    DATABASES["default"]["TEST"] = {"NAME": _DATA / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# Files straight from the source tree: no collecting, no hashed names.
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
