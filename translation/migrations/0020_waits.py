from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translation", "0019_authors_filled")]

    operations = [
        migrations.AddField(
            model_name="review",
            name="first_live_at",
            field=models.DateTimeField(
                db_index=True, editable=False, null=True, verbose_name="first went live at"
            ),
        ),
        migrations.AddField(
            model_name="review",
            name="source_changed_at",
            field=models.DateTimeField(
                editable=False,
                help_text=(
                    "Since when readers had waited when it first went live. Empty if nobody had to translate "
                    "anything."
                ),
                null=True,
                verbose_name="source changed at",
            ),
        ),
    ]
