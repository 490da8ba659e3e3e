"""The product's settings with what only tests want: fast passwords, no waiting for the disk, jobs run at once."""

from genjin.config.messages import compile_catalogues
from genjin.config.settings import *  # noqa: F403
from genjin.config.settings import DATA, DATABASES

# Here and not in a fixture: Django reads the catalogues while it sets up its models.
compile_catalogues()

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
JOBS_IMMEDIATE = True

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and two people claiming at once need real connections.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "tests.sqlite3"}
    start = DATABASES["default"]["OPTIONS"]["init_command"]
    DATABASES["default"]["OPTIONS"]["init_command"] = start.replace("synchronous=FULL", "synchronous=OFF")
