"""What a person at the terminal is told: the address, and how to sign in for the first time."""

import urllib.request
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from genjin.config.cli import say
from genjin.organization.models import Person
from genjin.organization.services.first_run import first_run_key


def address(path: str = "/") -> str:
    """Where a browser on this machine finds the product."""
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::", "") else settings.HOST  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}{path}"


def health_request() -> urllib.request.Request:
    """Asks as a permitted host does, also where the loopback address is none."""
    permitted = [name for name in settings.ALLOWED_HOSTS if not name.startswith(("*", "."))]
    headers = {"Host": permitted[0]} if permitted else {}
    return urllib.request.Request(address("/healthz"), headers=headers)  # noqa: S310


def demo(name: str) -> Any:
    """A function of the demo company."""
    if find_spec("genjin.config.demo") is None:
        return None
    return import_string(f"genjin.config.demo.{name}")


def fill_when_empty() -> None:
    """Load the demo company into a database without people, unless GENJIN_DEMO=0."""
    if not settings.LOAD_DEMO or Person.objects.exists() or demo("load_demo") is None:
        return
    say(_("The database is empty: loading the demo company, which takes a minute (GENJIN_DEMO=0 starts empty)."))
    demo("load_demo")()


def sign_in_lines() -> list[str]:
    """The lines to print once it serves."""
    lines = [_("Genjin serves at %(address)s (Ctrl+C stops it).") % {"address": address()}]
    if not Person.objects.exists():
        way_in = address(f"/welcome/?key={first_run_key()}")
        return [*lines, _("Nobody works here yet. Make the owner at %(address)s") % {"address": way_in}]
    accounts = demo("sign_ins")() if demo("sign_ins") else []
    if accounts:
        lines.append(_("This is the demo company. Sign in as:"))
        lines += [f"  {sign_in:<10} {password:<12} {who}" for sign_in, password, who in accounts]
    return lines
