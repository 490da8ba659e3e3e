"""Pass the rest of the line to Django's own commands."""

import argparse

from django.core.management import execute_from_command_line

from genjin.config.messages import compile_catalogues

NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("line", nargs=argparse.REMAINDER, help="for example: shell, dbshell, createcachetable")


def run(arguments: argparse.Namespace) -> int:
    compile_catalogues()
    execute_from_command_line(["genjin manage", *arguments.line])
    return 0
