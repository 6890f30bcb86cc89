from django.db import migrations, models

from core.addresses.migrating import mark_typed

MODELS = ["CampaignIndexPage", "CampaignPage", "EditionPage", "NewsIndexPage", "NewsPage", "ProjectPage"]


def mark(apps, schema_editor):
    revisions = apps.get_model("wagtailcore", "Revision").objects.all()
    for name in MODELS:
        mark_typed(apps.get_model("campaigns", name).objects.all(), revisions)


class Migration(migrations.Migration):
    dependencies = [
        ("campaigns", "0013_commitments"),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=name.lower(),
                name="address_typed",
                field=models.BooleanField(db_default=False, default=False, editable=False),
            )
            for name in MODELS
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
