"""Customers that are there twice: the whole stock looked through, and the hint while a name is typed.

    GENJIN_DATA=/some/folder/sqlite python -m bench.duplicates        a company that `python -m bench --keep` has built

Writes the pairs that it finds into that company.
"""

import json
import random
import resource
import sys
import time

ASKED = 200


def main() -> int:
    import django

    django.setup()
    from django.utils import timezone

    from genjin.customers.duplicates.hints import possible_duplicates
    from genjin.customers.duplicates.searching import carry_out
    from genjin.customers.duplicates.services import queue_search
    from genjin.customers.models import Customer
    from genjin.organization.models import Person

    owner, chance = Person.objects.get(sign_in="owner"), random.Random(5)
    last = Customer.objects.order_by("-pk").values_list("pk", flat=True)[0]
    names = list(
        Customer.objects.filter(pk__in=[chance.randrange(1, last) for _ in range(ASKED)]).values_list("name", flat=True)
    )
    times = []
    for name in names:
        at = time.perf_counter()
        possible_duplicates(owner, name=name[:-1], phones=["13812345678"])
        times.append((time.perf_counter() - at) * 1000)
    times.sort()
    at, processor = time.perf_counter(), time.process_time()
    search = carry_out(queue_search(by=None, at=timezone.now()))
    figures = {
        "customers": Customer.objects.count(),
        "compared": search.compared,
        "found": search.found,
        "passed_over": search.passed_over,
        "seconds": round(time.perf_counter() - at, 1),
        "processor_seconds": round(time.process_time() - processor, 1),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "hint_ms": {"p50": round(times[len(times) // 2], 1), "p95": round(times[int(len(times) * 0.95)], 1)},
    }
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
