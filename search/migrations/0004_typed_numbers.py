from django.db import migrations


def write_anew(apps, schema_editor):
    """Have the worker write all entries that are there, with the numbers that are typed in them."""
    if not apps.get_model("search", "Entry").objects.exists():
        return
    pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=2)
    works = apps.get_model("core", "RecordedWork").objects
    works.bulk_create(
        works.model(name="search_changed_branches", key=path) for path in pages.values_list("path", flat=True)
    )


class Migration(migrations.Migration):
    dependencies = [
        ("search", "0003_expires"),
        ("core", "0020_copied_parts"),
    ]

    operations = [migrations.RunPython(write_anew, migrations.RunPython.noop)]
