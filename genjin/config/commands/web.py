"""Answer the browser. `genjin serve` starts this beside the worker; alone it is for grown installations."""

import argparse

from genjin.config.serving import follow_supervisor, is_supervised

# The process that watches the web server's own needs no Django, and is smaller without.
NEEDS_DJANGO = not is_supervised()


def run(arguments: argparse.Namespace) -> int:
    from genjin.config.web_server import WebServer

    if not is_supervised():
        from django.db import connections

        from genjin.config.preparing import require_current_database

        require_current_database()
        connections.close_all()
    follow_supervisor()
    WebServer().run()
    return 0
