"""Load the demo company into an empty database."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--quiet", action="store_true", help="do not print who may sign in")


def run(arguments: argparse.Namespace) -> int:
    from django.utils.translation import gettext as _

    from genjin.config.cli import say
    from genjin.config.demo import load_demo
    from genjin.config.preparing import CannotStart, prepare
    from genjin.config.welcoming import way_in_lines
    from genjin.organization.models import Person

    prepare()
    if Person.objects.exists():
        raise CannotStart(_("Somebody works here already: the demo company goes into an empty database only."))
    load_demo()
    for line in [] if arguments.quiet else way_in_lines():
        say(line)
    return 0
