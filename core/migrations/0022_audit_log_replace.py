from django.db import migrations

from core.audit import triggers


def protect_anew(apps, schema_editor):
    triggers.unprotect(schema_editor.connection)
    triggers.protect(schema_editor.connection)


class Migration(migrations.Migration):
    """The audit log is protected from REPLACE as well, on SQLite."""

    dependencies = [("core", "0021_document_checks")]

    operations = [migrations.RunPython(protect_anew, migrations.RunPython.noop)]
