"""The product's settings for a run: a file of its own, no waiting for the disk, jobs at once, no letters."""

from genjin.config.settings import *  # noqa: F403
from genjin.config.settings import DATABASES

if not DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    raise SystemExit("the simulation keeps a SQLite database of its own: leave DATABASE_URL empty")
start = DATABASES["default"]["OPTIONS"]["init_command"]
DATABASES["default"]["OPTIONS"]["init_command"] = start.replace("synchronous=FULL", "synchronous=OFF")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
JOBS_IMMEDIATE = True
MAIL = "off"
