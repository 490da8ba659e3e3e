"""Ten thousand arrivals given out by twenty rules to fifty people, beside a million leads and customers.

    python -m bench.leads --keep /some/folder/sqlite       a company that `python -m bench --million --keep` left
    DATABASE_URL=… python -m bench.leads                   the database that is named, instead

Adds leads, rules and arrivals to what it is given: give it a copy. Prints seconds on the wall and of the processor.
"""

import argparse
import os
import resource
import time
from datetime import timedelta
from pathlib import Path
from statistics import quantiles
from typing import Any
from uuid import uuid4

SETTLED, TRIED, PAGE = 30.0, 3.0, 60.0  # seconds, seconds, milliseconds (issue 5)
PLACES = ("无锡", "苏州", "常州", "南京", "杭州", "宁波", "上海", "合肥", "南通", "嘉兴")
WAYS = ("turn", "weighted", "least", "room")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--leads", type=int, default=1_000_000)
    parser.add_argument("--arrivals", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=60)
    asked = parser.parse_args()
    if asked.keep:
        os.environ["GENJIN_DATA"] = str(asked.keep)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genjin.config.settings")
    import django

    django.setup()
    measure(asked.leads, asked.arrivals, asked.requests)


def measure(leads: int, arrivals: int, requests: int) -> None:
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from genjin.leads.assigning.services import document_of, newest_of
    from genjin.leads.assigning.trying import try_out
    from genjin.leads.models import Lead
    from genjin.leads.services.arriving import settle_arrivals
    from genjin.organization.models import Person, Unit

    top = Unit.objects.get(parent=None)
    owner = Person.objects.filter(role="owner", is_active=True).order_by("pk")[0]
    people = list(Person.objects.filter(role="seller", is_active=True).order_by("pk")[:50])
    print(f"{connection.vendor}, load {os.getloadavg()[0]:.1f}")
    timed("filled", lambda: fill(leads, people))
    analyse()
    make_rules(top, people, owner)
    timed("arrivals written", lambda: write(arrivals, top))
    before = Lead.objects.count()
    timed(f"settled {arrivals}", settle_arrivals, limit=SETTLED)
    given = Lead.objects.filter(assigned_why__code="lead_by_rule").count()
    print(f"  {Lead.objects.count() - before} leads, {given} given")
    document = document_of(newest_of(top.pk))
    keys = {rule.key for rule in document.rules}
    timed("tried", lambda: try_out(top, document, on=keys, at=timezone.now(), days=1), limit=TRIED)
    for who in (people[0], owner):
        client = Client(SERVER_NAME="localhost")
        client.force_login(who, backend="genjin.organization.backend.PersonBackend")
        for path in ("/leads/", "/leads/?view=mine", "/leads/?view=queue"):
            client.get(path)  # templates are compiled
            spent = []
            for _nth in range(requests):
                began = time.process_time()
                response = client.get(path)
                spent.append((time.process_time() - began) * 1000)
            p95 = quantiles(spent, n=20)[-1]
            print(
                f"  {who.role:8} {path:24} {response.status_code} p95 {p95:.1f} ms of the processor (limit {PAGE:.0f})"
            )


def timed(name: str, act: Any, limit: float | None = None) -> None:
    wall, spent = time.monotonic(), processor()
    answer = act()
    told = f", limit {limit:.0f} s" if limit else ""
    seen = getattr(answer, "total", answer)
    print(f"{name}: {time.monotonic() - wall:.1f} s, of the processor {processor() - spent:.1f} s{told}", seen or "")


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def fill(number: int, people: list[Any]) -> None:
    """As many leads as are missing: a thousand by the model, the others from these by the database."""
    from django.db import connection
    from django.utils import timezone

    from genjin.core.reasons import Reason
    from genjin.leads.models import Lead

    missing = number - Lead.objects.count()
    if missing < 1000:
        return
    now = timezone.now()
    some = []
    for nth in range(1000):
        owner = people[nth % len(people)]
        lead = Lead(
            company=f"第{nth}号公司", person_name="徐建国", city=PLACES[nth % 10], channel="form", owner=owner,
            unit_id=owner.unit_id, arrived_at=now - timedelta(days=40 + nth % 300), last_arrived_at=now,
            assigned_at=now, accepted_at=now, push_on=now.date() + timedelta(days=nth % 40 - 5),
            push_why=Reason("lead_is_new").as_json(), phone=str(15000000000 + nth),
        )  # fmt: skip
        if nth % 5 >= 2:
            lead.ended_at, lead.outcome, lead.push_on = now, "no_need", None
        some.append(lead)
    made = Lead.objects.bulk_create(some)
    names = [str(column.column) for column in Lead._meta.concrete_fields if not column.primary_key]
    chosen = [
        "CAST(15000000000 + n.n * 1000 + l.id % 1000 AS text)" if name == "phone" else f"l.{name}" for name in names
    ]
    numbers = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < %s)"
    into = f"INSERT INTO leads_lead ({', '.join(names)}) {numbers} SELECT {', '.join(chosen)} FROM leads_lead l, n"
    with connection.cursor() as cursor:
        cursor.execute(f"{into} WHERE l.id BETWEEN %s AND %s", [missing // 1000 - 1, made[0].pk, made[-1].pk])


def analyse() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE leads_lead")


def make_rules(top: Any, people: list[Any], by: Any) -> None:
    """Nineteen rules for a city and a product each, the last for everything."""
    from django.utils import timezone

    from genjin.leads.assigning.document import Condition, Document, Rule, Share, Target, written
    from genjin.leads.assigning.services import newest_of, write_rules

    rules = []
    for nth in range(20):
        conditions = (
            Condition("city", "is", (PLACES[nth % 10],)),
            Condition("wants", "has", (f"产品{nth}", f"型号{nth}")),
        )
        shares = tuple(Share(each.pk, 1 + place % 3) for place, each in enumerate(people))
        rules.append(
            Rule(
                key=nth + 1, name=f"规则 {nth + 1}", is_on=True, conditions=conditions if nth < 19 else (),
                target=Target("people", shares=shares, way=WAYS[nth % 4] if nth < 19 else "turn"),  # type: ignore[arg-type]
                cap_a_day=5000, accept_minutes=30,
            )
        )  # fmt: skip
    newest = newest_of(top.pk)
    number = newest.number if newest else 0
    given = written(Document(tuple(rules), next_key=21))
    write_rules(unit=top, given=given, number=number, by=by, at=timezone.now())


def write(number: int, top: Any) -> None:
    from django.utils import timezone

    from genjin.leads.models import Arrival

    now = timezone.now()
    rows = [
        Arrival(
            key=uuid4(), at=now, last_at=now, channel="form", unit=top,
            given={
                "company": f"新来的{nth}号", "phone": str(17000000000 + nth), "email": f"new{nth}@example.com",
                "city": PLACES[nth % 10], "wants": f"问一下产品{nth % 40}的价格",
            },
        )
        for nth in range(number)
    ]  # fmt: skip
    Arrival.objects.bulk_create(rows, batch_size=1000)


if __name__ == "__main__":
    main()
