"""An import in a process of its own, that can be killed: `begin` reads and checks a file and says yes, `carry_on`
writes from where the run stands."""

import sys
from pathlib import Path

import django

SIGN_IN = "liangjing"


def begin(path: Path) -> int:
    """The key of the run, which waits to be carried out."""
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.organization.models import Person

    by, at = Person.objects.get(sign_in=SIGN_IN), timezone.now()
    run = runs.receive(kind="customer", pieces=[path.read_bytes()], file_name=path.name, by=by, at=at)
    runs.choose(run=run, mapping=run.mapping, options={"pool": by.unit.pool.pk}, by=by, at=at)
    run.refresh_from_db()
    runs.check(run, at=at)
    run.refresh_from_db()
    runs.start(run=run, by=by, at=at)
    return int(run.pk)


def carry_on(pk: int) -> None:
    from django.utils import timezone

    from genjin.core.transfer import runs
    from genjin.core.transfer.models import ImportRun

    runs.carry_out(ImportRun.objects.get(pk=pk), at=timezone.now())


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "begin":
        sys.stdout.write(f"{begin(Path(sys.argv[2]))}\n")
    else:
        carry_on(int(sys.argv[2]))
