from django.db import migrations, models

FILES = (("core", "siteimage"), ("wagtaildocs", "document"))


def fill(apps, schema_editor):
    """From Wagtail's index of references, which knows what is stored by now."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    labels = {kind.pk: f"{kind.app_label}.{kind.model}" for kind in kinds.all()}
    files = [pk for pk, label in labels.items() if tuple(label.split(".")) in FILES]
    found = apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(to_content_type__in=files)
    rows = found.values_list("to_content_type", "to_object_id", "base_content_type", "object_id").distinct()
    shown = apps.get_model("core", "ShownFile")
    shown.objects.bulk_create(
        (
            shown(file_model=labels[file], file_id=int(key), source_model=labels[source], source_id=int(source_key))
            for file, key, source, source_key in rows.iterator(chunk_size=1000)
            if source in labels and key.isdecimal() and source_key.isdecimal()
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0006_recorded_work"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="ShownFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_model", models.CharField(max_length=100)),
                ("file_id", models.PositiveBigIntegerField()),
                ("source_model", models.CharField(max_length=100)),
                ("source_id", models.PositiveBigIntegerField()),
            ],
            options={
                "indexes": [models.Index(fields=["source_model", "source_id"], name="core_shown_file_source")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file_model", "file_id", "source_model", "source_id"), name="core_shown_file_once"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
