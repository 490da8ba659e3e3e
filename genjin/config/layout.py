"""Where things lie in the package."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent

# The folders that have words of their own. Named in LOCALE_PATHS, their words win over those of Django's own apps.
APPS = ("core", "web", "organization", "playbooks", "customers", "followups", "config")
LOCALE_FOLDERS = [PACKAGE / app / "locale" for app in APPS]
