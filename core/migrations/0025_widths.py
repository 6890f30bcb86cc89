from django.db import migrations


def make_sizes(apps, schema_editor):
    """Have the worker make the sizes that existing images lack."""
    images = apps.get_model("core", "SiteImage").objects.filter(consent_withdrawn__isnull=True)
    works = apps.get_model("core", "RecordedWork").objects
    keys = images.values_list("pk", flat=True).iterator()
    works.bulk_create((works.model(name="pictures", key=str(key)) for key in keys), batch_size=1_000)


class Migration(migrations.Migration):
    dependencies = [("core", "0024_stamps")]

    operations = [migrations.RunPython(make_sizes, migrations.RunPython.noop)]
