from django.db import migrations

from translation.access import groups


def grant(apps, schema_editor):
    groups.grant(apps)


class Migration(migrations.Migration):
    dependencies = [("translation", "0002_workflow"), ("home", "0002_groups")]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
