"""`genjin` on the command line, and `python -m genjin`."""

import os
import sys


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
    from genjin.config.cli import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
