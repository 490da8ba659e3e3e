"""When customers last moved nearer to payment, read from the moves that are noted.

Only owned ones whose class changed since their owner has them: of all others no such move counts. One that was taken
back is none.
"""

from collections import defaultdict

from django.db import migrations
from django.db.models import F, Max
from django.utils import timezone

BATCH = 1000


def fill(apps, schema_editor):
    Customer, ClassMove = apps.get_model("customers", "Customer"), apps.get_model("customers", "ClassMove")
    moved = Customer.objects.filter(closed_on=None, owner__isnull=False, class_since__gt=F("owned_since"))
    last = 0
    while keys := list(moved.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        ups = ClassMove.objects.filter(customer__in=keys, direction="up", undone_at=None).exclude(cause="undo")
        by_day = defaultdict(list)
        for pk, at in ups.order_by().values_list("customer").annotate(last=Max("at")):
            by_day[timezone.localdate(at)].append(pk)
        for day, pks in by_day.items():
            Customer.objects.filter(pk__in=pks).update(moved_up_on=day)


class Migration(migrations.Migration):
    dependencies = [("customers", "0017_when_it_moved_up_and_how_long_it_is_kept")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
