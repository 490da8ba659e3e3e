"""Load the demo company into an empty database."""

import argparse


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.preparing import CannotStart, prepare
    from genjin.config.welcoming import load_demo, sign_in_lines
    from genjin.organization.models import Person

    prepare()
    if Person.objects.exists():
        raise CannotStart(_("Somebody works here already: the demo company goes into an empty database only."))
    load_demo()
    for line in sign_in_lines():
        say(line)
    return 0
