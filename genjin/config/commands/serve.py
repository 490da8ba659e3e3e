"""Prepare the database, then serve: web server and job worker together, until Ctrl+C."""

import argparse
import time
import urllib.error
import urllib.request

from django.utils.translation import gettext as _

from genjin.config.cli import say
from genjin.config.serving import Supervisor

supervisor = Supervisor(
    lambda name, code: say(_("%(name)s stopped (%(code)s), starting it again.") % {"name": name, "code": code})
)


def before_django() -> None:
    """The children read their code meanwhile, unless a setting is wrong: one of us says so."""
    from django.conf import settings

    settings.DATA  # noqa: B018  reads them
    supervisor.start()


def run(arguments: argparse.Namespace) -> int:
    from django.conf import settings
    from django.db import connections

    from genjin.config.preparing import prepare, require_free_port
    from genjin.config.welcoming import address_line, fill_when_empty, way_in_lines

    try:
        require_free_port(settings.HOST, settings.PORT)
        prepare()
        fill_when_empty()
        lines = [address_line(), *way_in_lines()]
    except BaseException:
        supervisor.stop()
        raise
    connections.close_all()

    supervisor.listen()
    supervisor.let_in()
    if wait_until_it_serves(supervisor):
        say()
        for line in lines:
            say(line)
        say()
    return supervisor.watch()


def wait_until_it_serves(supervisor: Supervisor, seconds: float = 600) -> bool:
    """Whether /healthz answered 200 before the time was over or somebody stopped it."""
    from genjin.config.welcoming import health_request

    until = time.monotonic() + seconds
    while time.monotonic() < until and not supervisor.stopping.is_set():
        try:
            with urllib.request.urlopen(health_request(), timeout=5):  # noqa: S310  our own address
                return True
        except (urllib.error.URLError, OSError):
            supervisor.stopping.wait(0.05)
        if not all(child.is_running for child in supervisor.children):
            return False
    return False
