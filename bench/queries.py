"""What a page asks of the database, and how the database finds it: looks for scans before they hurt.

    GENJIN_DATA=/some/folder python -m bench.queries seller1 /today/ /customers/

on a company that `python -m bench --keep /some/folder` built. Prints each statement with its time; a plan that reads a
whole big table or sorts one is marked.
"""

import os
import re
import sys
import time

BIG = ("customers_customer", "customers_contactperson", "customers_phone", "followups_touch", "audit_entry")
WORTH_A_LOOK = 1.0  # milliseconds


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from genjin.organization.models import Person

    who, *paths = sys.argv[1:]
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(Person.objects.get(sign_in=who), backend="genjin.organization.backend.PersonBackend")
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(path)
        queries = captured.captured_queries
        times = [_milliseconds(connection, one["sql"]) for one in queries]
        print(f"\n== {path} as {who}: {answer.status_code}, {len(queries)} statements, {sum(times):.1f} ms to read")
        for one, took in zip(queries, times, strict=True):
            shown = re.sub(r"SELECT .*? FROM", "SELECT … FROM", one["sql"], count=1)
            print(f"{took:7.1f} ms  {shown[:400]}")
            for line in _warnings(connection, one["sql"]) if took > WORTH_A_LOOK else ():
                print(f"            !! {line}")


def _milliseconds(connection, sql: str) -> float:
    """The best of three times of a reading statement with all its rows; 0 for a writing one."""
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return 0.0
    times = []
    with connection.cursor() as cursor:
        for _ in range(3):
            begun = time.perf_counter()
            cursor.cursor.connection.execute(sql).fetchall()
            times.append((time.perf_counter() - begun) * 1000)
    return min(times)


def _warnings(connection, sql: str) -> list[str]:
    """The lines of a statement's plan that read or sort too much."""
    if not sql.lstrip().upper().startswith(("SELECT", "WITH")):
        return []
    with connection.cursor() as cursor:
        try:
            if connection.vendor == "sqlite":
                raw = cursor.cursor.connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
                plan = [str(row[3]) for row in raw]
                return [x for x in plan if ("SCAN" in x and any(table in x for table in BIG)) or "TEMP B-TREE" in x]
            raw = cursor.cursor.connection.execute(f"EXPLAIN (ANALYZE, TIMING OFF) {sql}".encode()).fetchall()
        except Exception as error:
            return [f"no plan: {error}"]
    plan = [str(row[0]).strip() for row in raw]
    return [x for x in plan if ("Seq Scan" in x and any(table in x for table in BIG)) or "Sort Method" in x]


if __name__ == "__main__":
    main()
