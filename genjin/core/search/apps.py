from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    name = "genjin.core.search"

    def ready(self) -> None:
        post_migrate.connect(forget_all, sender=self)


def forget_all(using: str, **_sent: Any) -> None:
    """Django empties the tables of models (`flush`), but not SQLite's words: they go, too."""
    from django.db import connections

    from genjin.core.search import sqlite
    from genjin.core.search.models import SearchDocument

    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        if "search_grams" not in connection.introspection.table_names(cursor):
            return  # a database on its way to or from an older state
        if not SearchDocument.objects.using(using).exists():
            cursor.execute(sqlite.EMPTY)
