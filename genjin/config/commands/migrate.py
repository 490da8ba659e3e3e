"""Bring the database's tables up to date."""

import argparse


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.preparing import compile_catalogues, migrate, require_known_database

    compile_catalogues()
    require_known_database()
    migrate()
    return 0
