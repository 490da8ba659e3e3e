"""Eight threads save notes through the service, in the data folder of the environment; prints the times as JSON."""

import argparse
import json
import resource
import threading
import time
import uuid

from bench.measuring import rate


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--notes", type=int, default=2000, help="of all threads together")
    arguments = parser.parse_args()

    import django

    django.setup()
    print(json.dumps(measure(arguments.threads, arguments.notes)))


def measure(threads: int, notes: int) -> dict:
    """Each thread is one seller, who goes through own customers; every second note is a miss."""
    from django.db import connection

    from genjin.customers.models import Customer
    from genjin.organization.models import Person, Role

    sellers = list(Person.objects.filter(role=Role.SELLER).select_related("unit").order_by("pk")[:threads])
    work = [(seller, list(Customer.objects.owned_by(seller).order_by("-pk")[: notes // threads])) for seller in sellers]
    connection.close()
    times: list[float] = []
    failures: list[str] = []
    start = threading.Barrier(threads + 1)
    running = [threading.Thread(target=_seller, args=(*each, start, times, failures)) for each in work]
    for thread in running:
        thread.start()
    start.wait()
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    for thread in running:
        thread.join()
    seconds, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    processor = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return rate(times, failures, seconds, processor)


def _seller(by, customers, start: threading.Barrier, times: list[float], failures: list[str]) -> None:
    from django.db import connection
    from django.utils import timezone

    from genjin.followups.services.notes import Note
    from genjin.followups.services.touches import save_touch

    connection.ensure_connection()
    start.wait()
    for nth, customer in enumerate(customers):
        note = Note(
            key=uuid.uuid4(),
            interests=("peers",) if nth % 2 else (),
            miss_reason="" if nth % 2 else "no_answer",
            remarks="问了同行怎么做，下次带成功案例。" if nth % 2 else "",
        )
        begun = time.perf_counter()
        try:
            save_touch(customer=customer, note=note, by=by, at=timezone.now())
        except Exception as error:  # what went wrong is a figure of the benchmark
            failures.append(repr(error))
        times.append((time.perf_counter() - begun) * 1000)
    connection.close()


if __name__ == "__main__":
    main()
