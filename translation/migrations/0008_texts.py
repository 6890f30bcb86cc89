from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('translation', '0007_whole_approvals'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='approvedwording',
            options={'verbose_name': 'approved text', 'verbose_name_plural': 'approved texts'},
        ),
        migrations.AlterModelOptions(
            name='deletedobject',
            options={'ordering': ['-pk'], 'verbose_name': 'deleted object', 'verbose_name_plural': 'deleted objects'},
        ),
        migrations.AlterModelOptions(
            name='needsreview',
            options={'verbose_name': 'unconfirmed text', 'verbose_name_plural': 'unconfirmed texts'},
        ),
        migrations.AlterModelOptions(
            name='pendingimport',
            options={'ordering': ['-pk'], 'verbose_name': 'import in progress', 'verbose_name_plural': 'imports in progress'},
        ),
        migrations.AlterModelOptions(
            name='stalemark',
            options={'verbose_name': 'stale text', 'verbose_name_plural': 'stale texts'},
        ),
        migrations.AlterField(
            model_name='alttextdraft',
            name='status',
            field=models.CharField(choices=[('waiting', 'in review'), ('approved', 'approved'), ('refused', 'changes requested'), ('withdrawn', 'cancelled')], default='waiting', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('assigned', 'assigned to you'), ('source', 'the source has changed'), ('submitted', 'needs your review'), ('approved', 'approved'), ('refused', 'changes requested'), ('due', 'due soon')], max_length=12, verbose_name='kind'),
        ),
        migrations.AlterField(
            model_name='pendingimport',
            name='files',
            field=models.JSONField(verbose_name='content of the files'),
        ),
        migrations.AlterField(
            model_name='review',
            name='made_from',
            field=models.CharField(default='', editable=False, help_text='Fingerprint of the source and the texts that the revision was made from.', max_length=64, verbose_name='made from'),
        ),
        migrations.AlterField(
            model_name='review',
            name='overrides',
            field=models.JSONField(editable=False, help_text="Links, pages, pictures that the revision has in place of the source's: path, kind, original, value, by.", null=True, verbose_name='overrides'),
        ),
        migrations.AlterField(
            model_name='review',
            name='status',
            field=models.CharField(choices=[('waiting', 'in review'), ('approved', 'approved'), ('refused', 'changes requested'), ('withdrawn', 'cancelled')], db_index=True, default='waiting', max_length=12, verbose_name='status'),
        ),
        migrations.AlterField(
            model_name='review',
            name='wordings',
            field=models.JSONField(default=list, help_text='What the revision says, string by string: path, path_id, hash, source, text, stale, by.', verbose_name='texts'),
        ),
        migrations.AlterField(
            model_name='stalemark',
            name='old_text',
            field=models.TextField(verbose_name='current text'),
        ),
    ]
