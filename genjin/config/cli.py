"""The console command `genjin`: finds the commands and runs the one that was named."""

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Callable
from types import ModuleType

from genjin.config import commands


def say(line: str = "") -> None:
    """A line for the person at the terminal, at once also when the output is piped."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def refusable(verb: Callable[[argparse.Namespace], int], arguments: argparse.Namespace) -> int:
    """Do it, or say why not."""
    from genjin.core.reasons import Refused
    from genjin.web.wording import word

    try:
        return verb(arguments)
    except Refused as refused:
        say(word(refused))
        return 1


def command_modules() -> dict[str, ModuleType]:
    """Every command by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(commands.__path__))
    return {name.strip("_"): importlib.import_module(f"{commands.__name__}.{name}") for name in names}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="genjin", description="Genjin 跟进")
    choices = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in command_modules().items():
        summary = (module.__doc__ or "").strip().splitlines()[0]
        command = choices.add_parser(
            name, help=summary, description=module.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
        )
        if hasattr(module, "add_arguments"):
            module.add_arguments(command)
        command.set_defaults(module=module)
    return top


def run(line: list[str]) -> int:
    """Run one command line; answers its exit status."""
    arguments = parser().parse_args(line)
    if not getattr(arguments.module, "NEEDS_DJANGO", True):
        return arguments.module.run(arguments)

    import django
    from django.utils import translation

    from genjin.config.messages import compile_catalogues

    # Before the models: while they are set up Django reads the catalogues, once for the process.
    compile_catalogues()
    if hasattr(arguments.module, "before_django"):
        arguments.module.before_django()
    django.setup()
    from genjin.config.preparing import CannotStart
    from genjin.core.reasons import Reason
    from genjin.web.faults import fault_of
    from genjin.web.wording import word

    with translation.override(terminal_language()):
        try:
            return arguments.module.run(arguments)
        except CannotStart as reason:
            sys.stderr.write(f"{reason}\n")
            return 1
        except Exception as error:
            if (code := fault_of(error)) is None:
                raise
            sys.stderr.write(f"{word(Reason(code))}\n")
            return 1


def terminal_language() -> str:
    """English where the terminal is set to it, else the product's language."""
    named = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "en" if named.startswith("en") else "zh-hans"
