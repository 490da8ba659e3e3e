"""The table of settings names what the code reads from the environment, and nothing else."""

import re

from tests.conventions.source import PACKAGE

OF_THE_TERMINAL = {"LC_ALL", "LC_MESSAGES", "LANG"}
BETWEEN_PROCESSES = {"GENJIN_SUPERVISED", "DJANGO_SETTINGS_MODULE"}


def test_the_table_and_the_code_agree():
    code = "\n".join(path.read_text() for path in (PACKAGE / "config").glob("*.py"))
    read = set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', code)) - OF_THE_TERMINAL - BETWEEN_PROCESSES
    table = (PACKAGE.parent / "docs" / "howto" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.M))
    assert documented == read
