"""Every unit that was made before leads has a queue of its own, too."""

from django.db import migrations


def make_queues(apps, schema_editor):
    queues = apps.get_model("leads", "Queue").objects
    there = queues.exclude(home_of=None).values("home_of")
    for unit in apps.get_model("organization", "Unit").objects.exclude(pk__in=there).order_by("pk"):
        queues.create(unit=unit, home_of=unit, name=unit.name)


class Migration(migrations.Migration):
    dependencies = [("leads", "0001_leads")]

    operations = [migrations.RunPython(make_queues, migrations.RunPython.noop)]
