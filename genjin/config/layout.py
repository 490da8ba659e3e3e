"""Where things lie in the package."""

import hashlib
from importlib.metadata import version
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

# The folders that have words of their own. Named in LOCALE_PATHS, their words win over those of Django's own apps.
APPS = ("core", "web", "organization", "playbooks", "customers", "followups", "leads", "insights", "config")
LOCALE_FOLDERS = [PACKAGE / app / "locale" for app in APPS]


def static_fingerprint() -> str:
    """Ten characters that change with any file a browser may keep: styles, scripts, icons, and htmx itself."""
    digest = hashlib.sha256(version("django-htmx").encode())
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            digest.update(path.relative_to(PACKAGE).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:10]
