"""Gather the words of the code into the catalogues; with --check only say what is missing."""

import argparse

from genjin.config import messages
from genjin.config.cli import say
from genjin.config.layout import APPS, PACKAGE

NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("apps", nargs="*", metavar="APP", help=f"only these of {', '.join(APPS)}")
    parser.add_argument("--check", action="store_true", help="change nothing, exit 1 when something is amiss")


def run(arguments: argparse.Namespace) -> int:
    if arguments.check:
        found = messages.faults()
        for fault in found:
            say(str(fault))
        return 1 if found else 0
    for app in arguments.apps or APPS:
        lacking = messages.update(app)
        if lacking:
            say(f"{messages.po_path(app).relative_to(PACKAGE.parent)}: {lacking} to translate")
    messages.compile_catalogues()
    return 0
