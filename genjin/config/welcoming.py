"""What a person at the terminal is told: the address, and how to sign in for the first time."""

import subprocess
import sys
import urllib.request

from django.conf import settings
from django.utils.translation import gettext as _

from genjin.config.cli import say
from genjin.config.preparing import CannotStart
from genjin.organization.demo import PASSWORD
from genjin.organization.models import Person
from genjin.organization.services.first_run import first_run_key

DEMO_ACCOUNTS = ("qianli", "liangjing", "zhouyutong", "linhaoran", "hanyue")


def address(path: str = "/") -> str:
    """Where a browser on this machine finds the product."""
    host = "127.0.0.1" if settings.HOST in ("0.0.0.0", "::", "") else settings.HOST  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.PORT}{path}"


def health_request() -> urllib.request.Request:
    """Asks as a permitted host does, also where the loopback address is none."""
    permitted = [name for name in settings.ALLOWED_HOSTS if not name.startswith(("*", "."))]
    headers = {"Host": permitted[0]} if permitted else {}
    return urllib.request.Request(address("/healthz"), headers=headers)  # noqa: S310


def fill_when_empty() -> None:
    """Load the demo company into a database without people, unless GENJIN_DEMO=0.

    In a process of its own, so that the one that serves does not keep the memory of sixty thousand notes.
    """
    if settings.LOAD_DEMO and not Person.objects.exists():
        say(_("Loading the demo company, which takes a minute (GENJIN_DEMO=0 starts empty) ..."))
        if subprocess.run([sys.executable, "-m", "genjin", "demo", "--quiet"], check=False).returncode:
            raise CannotStart(_("The demo company could not be loaded: nothing of it was kept, start again."))


def address_line() -> str:
    return _("Genjin serves at %(address)s (Ctrl+C stops it).") % {"address": address()}


def way_in_lines() -> list[str]:
    """How to sign in where nobody else could say it: nobody works here yet, or it is the demo."""
    if not Person.objects.exists():
        welcome = address(f"/welcome/?key={first_run_key()}")
        return [_("Nobody works here yet. Make the owner at %(address)s") % {"address": welcome}]
    lines = []
    accounts = demo_accounts()
    if accounts:
        lines.append(_("This is the demo company. The password of everybody is %(password)s") % {"password": PASSWORD})
        lines += [
            f"  {person.sign_in:<12} {person.name}  {person.unit}  {person.get_role_display()}" for person in accounts
        ]
    return lines


def demo_accounts() -> list[Person]:
    """One of each role of the demo company; nobody where another company works, or the owner's password was changed."""
    shown = Person.objects.active().filter(sign_in__in=DEMO_ACCOUNTS).select_related("unit")
    people = {person.sign_in: person for person in shown}
    owner = people.get(DEMO_ACCOUNTS[0])
    if owner is None or not owner.check_password(PASSWORD):
        return []
    return [people[name] for name in DEMO_ACCOUNTS if name in people]
