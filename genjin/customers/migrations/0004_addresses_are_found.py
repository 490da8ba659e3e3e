"""WeChat and e-mail are found from now on: the customers that have some are written to the search table anew."""

from django.db import migrations


def find_addresses(apps, schema_editor):
    from genjin.customers.search import reindex_customers

    people = apps.get_model("customers", "ContactPerson").objects.exclude(wechat="", email="")
    reindex_customers(people.values_list("customer_id", flat=True).iterator())


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0003_whom_a_customer_referred"),
        ("search", "0003_pinyin_and_addresses"),
    ]

    operations = [migrations.RunPython(find_addresses, migrations.RunPython.noop)]
