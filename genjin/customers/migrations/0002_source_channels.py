"""The seven ways of finding customers (B1). They can be renamed; others can be added."""

from django.db import migrations

CHANNELS = (
    ("carpet", "地毯式搜寻"),
    ("marketing", "市场推广"),
    ("referral", "转介绍"),
    ("records", "资料查询"),
    ("informant", "情报提供人"),
    ("mining", "老客户档案挖掘"),
    ("event", "自办活动"),
)


def add_channels(apps, schema_editor):
    channel = apps.get_model("customers", "SourceChannel")
    taken = set(channel.objects.values_list("name", flat=True))
    for position, (code, name) in enumerate(CHANNELS, start=1):
        if name not in taken:
            channel.objects.create(code=code, name=name, position=position)


class Migration(migrations.Migration):
    dependencies = [("customers", "0001_initial")]
    operations = [migrations.RunPython(add_channels, migrations.RunPython.noop)]
