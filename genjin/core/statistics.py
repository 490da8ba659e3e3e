"""What the database knows of its own tables: without it, it guesses which index is the short way, and guesses badly.

PostgreSQL learns by itself, but only some time after a large change; SQLite learns when it is told to.
"""

from django.db import connection, transaction

ROWS_LOOKED_AT = 1000  # of each index: enough to tell a rare value from a common one, and done in some 20 ms


def refresh() -> None:
    """Count anew. Called after a migration, when the worker has started, at night and after a large change such as an
    import."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"PRAGMA analysis_limit = {ROWS_LOOKED_AT}")
            cursor.execute("ANALYZE")
            # Connections that stand open read the figures only with the schema, so the schema changes and changes back.
            cursor.execute("CREATE TABLE statistics_refreshed (at INTEGER)")
            cursor.execute("DROP TABLE statistics_refreshed")
        else:
            cursor.execute("ANALYZE")
