"""Indexes that hold just the rows of a list, and none twice.

By due date only the held: of a million customers three quarters lie in pools and have no due date, and stood in front of
those that a list shows; by planned day only those that have one, for SQLite looked there for those that have none. By name the held have an index of their own; a pool by last contact got one. Names and numbers
had two each on PostgreSQL, the second (`…_like`) for LIKE, which nothing asks here.

Fields lose `db_index` by dropping the index alone: SQLite would copy the table of customers for it.
"""

from django.conf import settings
from django.db import migrations, models

HELD = models.Q(closed_on__isnull=True, owner__isnull=False)
GONE = {
    "customers_customer_name_key_30a19185": "customers_customer (name_key)",
    "customers_phone_number_ca3a55f5": "customers_phone (number)",
}
DROPPED = [
    migrations.RunSQL(
        [f"DROP INDEX IF EXISTS {name}_like", f"DROP INDEX IF EXISTS {name}"],
        [f"CREATE INDEX IF NOT EXISTS {name} ON {of}"],
    )
    for name, of in GONE.items()
]

# PostgreSQL takes it for chance that who lies in a pool has no owner and is of the pool's unit, and expects a quarter of
# the rows: then it sorts the pool and does not walk its index.
PLACE = "customer_place"


def tell(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        of = "(mcv) ON unit_id, pool_id, owner_id, closed_on"
        schema_editor.execute(f"CREATE STATISTICS IF NOT EXISTS {PLACE} {of} FROM customers_customer")


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP STATISTICS IF EXISTS {PLACE}")


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0011_a_playbook_changes_in_a_run"),
        ("organization", "0001_initial"),
        ("transfer", "0004_export_runs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=DROPPED,
            state_operations=[
                migrations.AlterField("customer", "name_key", models.CharField(editable=False, max_length=200)),
                migrations.AlterField("phone", "number", models.CharField(max_length=24, verbose_name="phone")),
            ],
        ),
        migrations.RemoveIndex("customer", "customer_unit_due"),
        migrations.RemoveIndex("customer", "customer_due"),
        migrations.RemoveIndex("customer", "customer_planned"),
        migrations.AddIndex(
            "customer",
            models.Index(fields=["unit", "due_on", "id"], name="customer_unit_of_due", condition=HELD),
        ),
        migrations.AddIndex(
            "customer", models.Index(fields=["due_on", "id"], name="customer_held_due", condition=HELD)
        ),
        migrations.AddIndex(
            "customer",
            models.Index(
                fields=["unit", "last_touch_at", "id"],
                name="customer_pool_touched",
                condition=models.Q(pool__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "customer", models.Index(fields=["name_key", "id"], name="customer_held_name", condition=HELD)
        ),
        migrations.AddIndex("customer", models.Index(fields=["name_key"], name="customer_name")),
        migrations.AddIndex(
            "customer",
            models.Index(
                fields=["planned_on", "id"],
                name="customer_planned_day",
                condition=HELD & models.Q(planned_on__isnull=False),
            ),
        ),
        migrations.RunPython(tell, forget),
        migrations.AddIndex("phone", models.Index(fields=["number"], name="phone_number")),
    ]
