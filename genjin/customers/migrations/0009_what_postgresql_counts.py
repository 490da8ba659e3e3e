"""What PostgreSQL cannot guess of large lists: on which days people are to be contacted, and that a pool is of a unit.

Without it a third of all rows is expected to meet a condition on such a day, and few to lie in a pool of a unit; both
lead it away from the index of the list.
"""

from django.db import migrations

MADE = {
    "customer_silent_days": "ON (COALESCE(last_effective_on, owned_since))",
    "customer_next_days": "ON (LEAST(COALESCE(planned_on, due_on), due_on))",
    "customer_unit_of_pool": "(dependencies) ON pool_id, unit_id",
}


def make(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    for name, of in MADE.items():
        schema_editor.execute(f"CREATE STATISTICS IF NOT EXISTS {name} {of} FROM customers_customer")


def forget(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in MADE:
            schema_editor.execute(f"DROP STATISTICS IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("customers", "0008_next_contact_index")]
    operations = [migrations.RunPython(make, forget)]
