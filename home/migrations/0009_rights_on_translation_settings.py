from django.db import migrations

from home import rights


def add_rights(apps, schema_editor):
    rights.make_groups(apps)


class Migration(migrations.Migration):
    dependencies = [("home", "0008_texts")]

    operations = [migrations.RunPython(add_rights, migrations.RunPython.noop)]
