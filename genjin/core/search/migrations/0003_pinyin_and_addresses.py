"""Pinyin in full, addresses, simplified characters: every document is listed anew from the texts it is kept as.

Addresses stand in no text yet; the app that has them writes them (`customers`, a migration of its own). A million
documents take about a minute.
"""

from django.db import migrations, models

from genjin.core.search import postgresql, sqlite

DATABASES = {"sqlite": sqlite, "postgresql": postgresql}


def remake(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        DATABASES[schema_editor.connection.vendor].remake(cursor)


class Migration(migrations.Migration):
    dependencies = [("search", "0002_grams")]

    operations = [
        migrations.AddField("searchdocument", "addresses", models.TextField(default=""), preserve_default=False),
        migrations.RunPython(remake, migrations.RunPython.noop),
    ]
