"""Answer the browser. `genjin serve` starts this beside the worker; alone it is for grown installations."""

import argparse

from genjin.config.serving import follow_supervisor

NEEDS_DJANGO = False


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.web_server import WebServer

    follow_supervisor()
    WebServer().run()
    return 0
