"""Stamps take the place of the table of changes. The table stays for the code of the previous release, which may
still run; the next release can drop it."""

from typing import Any

from django.db import migrations


def forget_work(apps: Any, schema_editor: Any) -> None:
    apps.get_model("core", "RecordedWork").objects.filter(name="changes").delete()


class Migration(migrations.Migration):
    dependencies = [("core", "0023_texts")]

    operations = [
        migrations.RunPython(forget_work, migrations.RunPython.noop),
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel("Change")]),
    ]
