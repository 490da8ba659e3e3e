"""`genjin` on the command line, and `python -m genjin`."""

import os
import sys

INTERRUPTED = 130  # what a shell calls a program that Ctrl+C ended


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
    try:
        from genjin.config.cli import run

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    raise SystemExit(main())
