"""Every pool so far is the one its unit was made with. A migration of its own:
PostgreSQL alters no table with changed rows."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("customers", "0021_several_pools")]

    operations = [
        migrations.RunSQL("UPDATE customers_pool SET home_of_id = unit_id", migrations.RunSQL.noop),
    ]
