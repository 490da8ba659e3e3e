"""What no model can say: the words, listed as each database lists words best."""

from django.db import migrations

from genjin.core.search import postgresql, sqlite

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def make(apps, schema_editor):
    for statement in DATABASES[schema_editor.connection.vendor].MAKE.split(";"):
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    schema_editor.execute(DATABASES[schema_editor.connection.vendor].UNMAKE)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, unmake)]
