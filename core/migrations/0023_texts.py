import core.languages.site_languages
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0022_audit_log_replace'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='recording',
            options={'verbose_name': 'video or sound recording', 'verbose_name_plural': 'videos and sound recordings'},
        ),
        migrations.AlterField(
            model_name='helpline',
            name='hours',
            field=models.JSONField(blank=True, default=dict, verbose_name='opening hours'),
        ),
        migrations.AlterField(
            model_name='helpline',
            name='is_primary',
            field=models.BooleanField(default=False, help_text='Shown in the footer of every page, and where no other helpline is chosen.', verbose_name="the site's helpline"),
        ),
        migrations.AlterField(
            model_name='helpline',
            name='replaced_by',
            field=models.ForeignKey(blank=True, help_text='The other helpline is shown instead of this one everywhere.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.helpline', verbose_name='replaced by'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='consent_scope',
            field=models.CharField(blank=True, choices=[('internal', 'Reports and donors only'), ('website', 'This website'), ('all', 'Website, print and social media')], help_text='What the person agreed to. This site may only show “This website” or wider.', max_length=12, verbose_name='agreed to'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='consent_until',
            field=models.DateField(blank=True, help_text='Leave blank if the form has no end date.', null=True, verbose_name='agreed until'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='consent_withdrawn',
            field=models.DateField(blank=True, editable=False, help_text='Not shown in any language from this day on.', null=True, verbose_name='withdrawn on'),
        ),
        migrations.AlterField(
            model_name='recording',
            name='shows',
            field=models.CharField(blank=True, choices=[('nobody', 'No recognisable people'), ('adults', 'Adults'), ('minors', 'Children or young people under 18'), ('survivors', 'Survivors of trafficking or violence')], help_text='If people can be recognised, their consent is required before publishing.', max_length=12, verbose_name='who is seen or heard'),
        ),
        migrations.AlterField(
            model_name='siteimage',
            name='consent_scope',
            field=models.CharField(blank=True, choices=[('internal', 'Reports and donors only'), ('website', 'This website'), ('all', 'Website, print and social media')], help_text='What the person agreed to. This site may only show “This website” or wider.', max_length=12, verbose_name='agreed to'),
        ),
        migrations.AlterField(
            model_name='siteimage',
            name='consent_until',
            field=models.DateField(blank=True, help_text='Leave blank if the form has no end date.', null=True, verbose_name='agreed until'),
        ),
        migrations.AlterField(
            model_name='siteimage',
            name='consent_withdrawn',
            field=models.DateField(blank=True, editable=False, help_text='Not shown in any language from this day on.', null=True, verbose_name='withdrawn on'),
        ),
        migrations.AlterField(
            model_name='siteimage',
            name='credit_language',
            field=models.CharField(blank=True, choices=core.languages.site_languages.language_choices, help_text='For screen readers. Leave blank if the credit is only a name.', max_length=10, verbose_name='language of the credit'),
        ),
        migrations.AlterField(
            model_name='siteimage',
            name='shows',
            field=models.CharField(blank=True, choices=[('nobody', 'No recognisable people'), ('adults', 'Adults'), ('minors', 'Children or young people under 18'), ('survivors', 'Survivors of trafficking or violence')], help_text='If people can be recognised, their consent is required before publishing.', max_length=12, verbose_name='who is shown'),
        ),
    ]
