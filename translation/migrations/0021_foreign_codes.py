from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("translation", "0020_waits")]

    operations = [
        migrations.AddField(
            model_name="memorytext",
            name="without_codes",
            field=models.BooleanField(db_default=False, default=False, verbose_name="codes left out"),
        ),
    ]
