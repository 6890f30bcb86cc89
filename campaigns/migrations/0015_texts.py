import core.languages.site_languages
import django.db.models.deletion
import django.utils.timezone
import wagtail.fields
from django.db import migrations, models

from core.internals.django import UnknownToDatabase


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0014_typed_addresses'),
        ('core', '0023_texts'),
    ]

    # Labels and help texts, which the database does not know: otherwise SQLite would copy the tables that
    # have StreamFields.
    operations = [
        UnknownToDatabase(
            state_operations=[
                migrations.AlterModelOptions(
                    name='newsindexpage',
                    options={'verbose_name': 'list of stories', 'verbose_name_plural': 'lists of stories'},
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='accent',
                    field=models.CharField(choices=[('crimson', 'Crimson'), ('indigo', 'Indigo'), ('cobalt', 'Cobalt blue'), ('teal', 'Teal'), ('pine', 'Pine green'), ('saffron', 'Saffron'), ('walnut', 'Walnut'), ('pomegranate', 'Pomegranate'), ('iris', 'Iris violet')], default='crimson', help_text='All of these colours have enough contrast in light and dark mode.', max_length=16, verbose_name='colour'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='body',
                    field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('commitments', 26), ('chart', 36), ('toolkit', 43), ('helpline', 45), ('call_to_action', 51), ('questions', 56), ('latest_news', 59), ('programme', 67), ('past_themes', 68), ('partners', 71)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing loads from that site until the reader opens it.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Preview image', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Including selected items.', 'label': 'Number of items', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'If unchecked, items of the campaign are added automatically.', 'label': 'Selected items only', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Selected quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Selected takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Selected key figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Commitment',), {}), 25: ('wagtail.blocks.ListBlock', (24,), {'default': [], 'label': 'Selected commitments'}), 26: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read by screen readers instead of the chart. Say what the chart shows.', 'label': 'Description in one sentence', 'rows': 2}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 31: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 32: ('wagtail.blocks.StructBlock', [[('label', 30), ('value', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 27), ('description', 28), ('unit', 29), ('points', 33), ('source', 34), ('source_url', 35)]], {}), 37: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 39: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 40: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 41: ('wagtail.blocks.StructBlock', [[('title', 38), ('document', 39), ('language', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Files', 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 37), ('files', 42)]], {}), 44: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Default: the site's helpline.", 'label': 'Helpline', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('helpline', 44)]], {}), 46: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'Link text', 'max_length': 80}), 48: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 49: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('text', 47), ('page', 48), ('url', 49)]], {'label': 'Link'}), 51: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 46), ('link', 50)]], {}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 53: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 54: ('wagtail.blocks.StructBlock', [[('question', 52), ('answer', 53)]], {}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Questions', 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 55)]], {}), 57: ('wagtail.blocks.PageChooserBlock', (), {'page_type': ['campaigns.NewsPage']}), 58: ('wagtail.blocks.ListBlock', (57,), {'default': [], 'label': 'Selected stories'}), 59: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 58)]], {}), 60: ('wagtail.blocks.DateBlock', (), {'label': 'Date', 'required': False}), 61: ('wagtail.blocks.TimeBlock', (), {'label': 'Time', 'required': False}), 62: ('wagtail.blocks.CharBlock', (), {'label': 'Event', 'max_length': 160}), 63: ('wagtail.blocks.TextBlock', (), {'label': 'Detail', 'required': False, 'rows': 2}), 64: ('wagtail.blocks.CharBlock', (), {'label': 'Place', 'max_length': 120, 'required': False}), 65: ('wagtail.blocks.StructBlock', [[('date', 60), ('time', 61), ('title', 62), ('detail', 63), ('place', 64)]], {}), 66: ('wagtail.blocks.ListBlock', (65,), {'label': 'Entries', 'min_num': 1}), 67: ('wagtail.blocks.StructBlock', [[('heading', 12), ('entries', 66)]], {}), 68: ('wagtail.blocks.StructBlock', [[('heading', 12)]], {}), 69: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Organisation',), {}), 70: ('wagtail.blocks.ListBlock', (69,), {'default': [], 'label': 'Selected organisations'}), 71: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 70)]], {})}, verbose_name='body'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='hashtags',
                    field=models.CharField(blank=True, help_text='Start each with # and separate them by spaces.', max_length=120, verbose_name='hashtags'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='lead_image',
                    field=models.ForeignKey(blank=True, help_text='Optional. Without an image, the page shows its own adras pattern.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage', verbose_name='lead image'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='resolution',
                    field=models.CharField(blank=True, help_text='Resolution, for example A/RES/68/192.', max_length=60, verbose_name='proclaimed by'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='sensitive',
                    field=models.CharField(blank=True, choices=[('', 'Same as the parent page'), ('yes', 'Yes'), ('no', 'No')], default='', max_length=3, verbose_name='sensitive'),
                ),
                migrations.AlterField(
                    model_name='campaignpage',
                    name='short_name',
                    field=models.CharField(blank=True, help_text='For example, WDATIP.', max_length=40, verbose_name='short name'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='consent_scope',
                    field=models.CharField(blank=True, choices=[('internal', 'Reports and donors only'), ('website', 'This website'), ('all', 'Website, print and social media')], help_text='What the person agreed to. This site may only show “This website” or wider.', max_length=12, verbose_name='agreed to'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='consent_until',
                    field=models.DateField(blank=True, help_text='Leave blank if the form has no end date.', null=True, verbose_name='agreed until'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='consent_withdrawn',
                    field=models.DateField(blank=True, editable=False, help_text='Not shown in any language from this day on.', null=True, verbose_name='withdrawn on'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='organisation',
                    field=models.ForeignKey(blank=True, help_text='The government or organisation.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.organisation', verbose_name='made by'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='person',
                    field=models.ForeignKey(blank=True, help_text="Only if a person is named. This person's consent is then required.", null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.person', verbose_name='person'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='source',
                    field=models.ForeignKey(blank=True, help_text='The commitment is shown on all campaigns of this story.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.newspage', verbose_name='source story'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='text',
                    field=models.CharField(help_text='The commitment in one sentence.', max_length=300, verbose_name='commitment'),
                ),
                migrations.AlterField(
                    model_name='commitment',
                    name='url',
                    field=models.URLField(blank=True, help_text='Where the full text can be read.', verbose_name='address of the text'),
                ),
                migrations.AlterField(
                    model_name='editionpage',
                    name='body',
                    field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('commitments', 26), ('chart', 36), ('toolkit', 43), ('helpline', 45), ('call_to_action', 51), ('questions', 56), ('latest_news', 59), ('programme', 67), ('past_themes', 68), ('partners', 71)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing loads from that site until the reader opens it.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Preview image', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Including selected items.', 'label': 'Number of items', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'If unchecked, items of the campaign are added automatically.', 'label': 'Selected items only', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Selected quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Selected takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Selected key figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Commitment',), {}), 25: ('wagtail.blocks.ListBlock', (24,), {'default': [], 'label': 'Selected commitments'}), 26: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read by screen readers instead of the chart. Say what the chart shows.', 'label': 'Description in one sentence', 'rows': 2}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 31: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 32: ('wagtail.blocks.StructBlock', [[('label', 30), ('value', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 27), ('description', 28), ('unit', 29), ('points', 33), ('source', 34), ('source_url', 35)]], {}), 37: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 39: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 40: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 41: ('wagtail.blocks.StructBlock', [[('title', 38), ('document', 39), ('language', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Files', 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 37), ('files', 42)]], {}), 44: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Default: the site's helpline.", 'label': 'Helpline', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('helpline', 44)]], {}), 46: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'Link text', 'max_length': 80}), 48: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 49: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('text', 47), ('page', 48), ('url', 49)]], {'label': 'Link'}), 51: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 46), ('link', 50)]], {}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 53: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 54: ('wagtail.blocks.StructBlock', [[('question', 52), ('answer', 53)]], {}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Questions', 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 55)]], {}), 57: ('wagtail.blocks.PageChooserBlock', (), {'page_type': ['campaigns.NewsPage']}), 58: ('wagtail.blocks.ListBlock', (57,), {'default': [], 'label': 'Selected stories'}), 59: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 58)]], {}), 60: ('wagtail.blocks.DateBlock', (), {'label': 'Date', 'required': False}), 61: ('wagtail.blocks.TimeBlock', (), {'label': 'Time', 'required': False}), 62: ('wagtail.blocks.CharBlock', (), {'label': 'Event', 'max_length': 160}), 63: ('wagtail.blocks.TextBlock', (), {'label': 'Detail', 'required': False, 'rows': 2}), 64: ('wagtail.blocks.CharBlock', (), {'label': 'Place', 'max_length': 120, 'required': False}), 65: ('wagtail.blocks.StructBlock', [[('date', 60), ('time', 61), ('title', 62), ('detail', 63), ('place', 64)]], {}), 66: ('wagtail.blocks.ListBlock', (65,), {'label': 'Entries', 'min_num': 1}), 67: ('wagtail.blocks.StructBlock', [[('heading', 12), ('entries', 66)]], {}), 68: ('wagtail.blocks.StructBlock', [[('heading', 12)]], {}), 69: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Organisation',), {}), 70: ('wagtail.blocks.ListBlock', (69,), {'default': [], 'label': 'Selected organisations'}), 71: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 70)]], {})}, verbose_name='body'),
                ),
                migrations.AlterField(
                    model_name='editionpage',
                    name='local_theme',
                    field=models.CharField(blank=True, help_text='Only if the country has its own theme.', max_length=200, verbose_name='local theme'),
                ),
                migrations.AlterField(
                    model_name='editionpage',
                    name='sensitive',
                    field=models.CharField(blank=True, choices=[('', 'Same as the parent page'), ('yes', 'Yes'), ('no', 'No')], default='', max_length=3, verbose_name='sensitive'),
                ),
                migrations.AlterField(
                    model_name='editionpage',
                    name='starts_on',
                    field=models.DateField(db_index=True, help_text='From this day, this is the current edition. Stories with a later date belong to it.', verbose_name='starts on'),
                ),
                migrations.AlterField(
                    model_name='guessedquote',
                    name='speaker',
                    field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.person', verbose_name='speaker matched by name only'),
                ),
                migrations.AlterField(
                    model_name='guessedquote',
                    name='who_speaks',
                    field=models.CharField(blank=True, max_length=12, verbose_name='kind of speaker set by the import'),
                ),
                migrations.AlterField(
                    model_name='keyfigure',
                    name='review_by',
                    field=models.DateField(blank=True, help_text='When the key figure should be checked again.', null=True, verbose_name='review by'),
                ),
                migrations.AlterField(
                    model_name='keyfigure',
                    name='story',
                    field=models.ForeignKey(blank=True, help_text='The key figure is shown on all campaigns of this story.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.newspage', verbose_name='source story'),
                ),
                migrations.AlterField(
                    model_name='keyfigure',
                    name='value',
                    field=models.CharField(help_text='As shown on the page, for example “1 in 3” or “200,000+”.', max_length=40, verbose_name='value'),
                ),
                migrations.AlterField(
                    model_name='newspage',
                    name='body',
                    field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('commitments', 26), ('chart', 36), ('toolkit', 43), ('helpline', 45), ('call_to_action', 51), ('questions', 56)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing loads from that site until the reader opens it.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Preview image', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Including selected items.', 'label': 'Number of items', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'If unchecked, items of the campaign are added automatically.', 'label': 'Selected items only', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Selected quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Selected takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Selected key figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Commitment',), {}), 25: ('wagtail.blocks.ListBlock', (24,), {'default': [], 'label': 'Selected commitments'}), 26: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read by screen readers instead of the chart. Say what the chart shows.', 'label': 'Description in one sentence', 'rows': 2}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 31: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 32: ('wagtail.blocks.StructBlock', [[('label', 30), ('value', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 27), ('description', 28), ('unit', 29), ('points', 33), ('source', 34), ('source_url', 35)]], {}), 37: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 39: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 40: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 41: ('wagtail.blocks.StructBlock', [[('title', 38), ('document', 39), ('language', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Files', 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 37), ('files', 42)]], {}), 44: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Default: the site's helpline.", 'label': 'Helpline', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('helpline', 44)]], {}), 46: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'Link text', 'max_length': 80}), 48: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 49: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('text', 47), ('page', 48), ('url', 49)]], {'label': 'Link'}), 51: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 46), ('link', 50)]], {}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 53: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 54: ('wagtail.blocks.StructBlock', [[('question', 52), ('answer', 53)]], {}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Questions', 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 55)]], {})}, verbose_name='body'),
                ),
                migrations.AlterField(
                    model_name='newspage',
                    name='date',
                    field=models.DateField(blank=True, db_index=True, default=django.utils.timezone.localdate, help_text="Determines the order in lists and the edition of the story's campaign.", null=True, verbose_name='date of the story'),
                ),
                migrations.AlterField(
                    model_name='newspage',
                    name='dateline_date',
                    field=models.DateField(blank=True, help_text='Optional, for example “Romit, 16 August 2024 –”.', null=True, verbose_name='date in the dateline'),
                ),
                migrations.AlterField(
                    model_name='newspage',
                    name='lead_image',
                    field=models.ForeignKey(blank=True, help_text='Optional. Without an image, the page shows its own adras pattern.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage', verbose_name='lead image'),
                ),
                migrations.AlterField(
                    model_name='newspage',
                    name='sensitive',
                    field=models.CharField(blank=True, choices=[('', 'Same as the parent page'), ('yes', 'Yes'), ('no', 'No')], default='', max_length=3, verbose_name='sensitive'),
                ),
                migrations.AlterField(
                    model_name='person',
                    name='consent_withdrawn',
                    field=models.DateField(blank=True, editable=False, help_text='Not shown in any language from this day on.', null=True, verbose_name='withdrawn on'),
                ),
                migrations.AlterField(
                    model_name='person',
                    name='photo',
                    field=models.ForeignKey(blank=True, help_text='Requires consent for this website.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage', verbose_name='photo'),
                ),
                migrations.AlterField(
                    model_name='person',
                    name='role',
                    field=models.CharField(blank=True, help_text='Each quote keeps the role at the time of the quote.', max_length=200, verbose_name='current role'),
                ),
                migrations.AlterField(
                    model_name='place',
                    name='country',
                    field=models.CharField(blank=True, help_text='Shown after the place in a dateline. Leave empty for well-known cities.', max_length=80, verbose_name='country'),
                ),
                migrations.AlterField(
                    model_name='projectpage',
                    name='body',
                    field=wagtail.fields.StreamField([('rich_text', 0), ('image', 3), ('video', 11), ('voices', 17), ('takeaways', 20), ('key_figures', 23), ('commitments', 26), ('chart', 36), ('toolkit', 43), ('helpline', 45), ('call_to_action', 51), ('questions', 56)], blank=True, block_lookup={0: ('core.blocks.text.RichTextBlock', (), {}), 1: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Image'}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'Caption', 'max_length': 300, 'required': False}), 3: ('wagtail.blocks.StructBlock', [[('image', 1), ('caption', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 120}), 5: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'An .mp4 or .webm file, shown on this page.', 'label': 'Video file', 'required': False}), 6: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'help_text': 'A .vtt file in the language of the page.', 'label': 'Captions', 'required': False}), 7: ('wagtail.blocks.URLBlock', (), {'help_text': 'Shown as a link. Nothing loads from that site until the reader opens it.', 'label': 'or address elsewhere', 'required': False}), 8: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'Preview image', 'required': False}), 9: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 1, 'label': 'Length in minutes', 'min_value': 0, 'required': False}), 10: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ul', 'ol', 'link'], 'label': 'Transcript', 'required': False}), 11: ('wagtail.blocks.StructBlock', [[('title', 4), ('file', 5), ('captions', 6), ('url', 7), ('poster', 8), ('minutes', 9), ('transcript', 10)]], {}), 12: ('wagtail.blocks.CharBlock', (), {'label': 'Heading', 'max_length': 120, 'required': False}), 13: ('wagtail.blocks.IntegerBlock', (), {'default': 6, 'help_text': 'Including selected items.', 'label': 'Number of items', 'max_value': 24, 'min_value': 1}), 14: ('wagtail.blocks.BooleanBlock', (), {'help_text': 'If unchecked, items of the campaign are added automatically.', 'label': 'Selected items only', 'required': False}), 15: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Quote',), {}), 16: ('wagtail.blocks.ListBlock', (15,), {'default': [], 'label': 'Selected quotes'}), 17: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 16)]], {}), 18: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Takeaway',), {}), 19: ('wagtail.blocks.ListBlock', (18,), {'default': [], 'label': 'Selected takeaways'}), 20: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 19)]], {}), 21: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.KeyFigure',), {}), 22: ('wagtail.blocks.ListBlock', (21,), {'default': [], 'label': 'Selected key figures'}), 23: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 22)]], {}), 24: ('wagtail.snippets.blocks.SnippetChooserBlock', ('campaigns.Commitment',), {}), 25: ('wagtail.blocks.ListBlock', (24,), {'default': [], 'label': 'Selected commitments'}), 26: ('wagtail.blocks.StructBlock', [[('heading', 12), ('limit', 13), ('only_picked', 14), ('picks', 25)]], {}), 27: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('bars', 'Bars'), ('line', 'Line'), ('share', 'Shares of a whole')], 'label': 'Kind'}), 28: ('wagtail.blocks.TextBlock', (), {'help_text': 'Read by screen readers instead of the chart. Say what the chart shows.', 'label': 'Description in one sentence', 'rows': 2}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'Unit', 'max_length': 40, 'required': False}), 30: ('wagtail.blocks.CharBlock', (), {'label': 'Label', 'max_length': 60}), 31: ('wagtail.blocks.DecimalBlock', (), {'decimal_places': 6, 'label': 'Value', 'max_digits': 20, 'max_value': 10000000000000, 'min_value': -10000000000000}), 32: ('wagtail.blocks.StructBlock', [[('label', 30), ('value', 31)]], {}), 33: ('wagtail.blocks.ListBlock', (32,), {'label': 'Values', 'max_num': 24, 'min_num': 2}), 34: ('wagtail.blocks.CharBlock', (), {'label': 'Source', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.URLBlock', (), {'label': 'Address of the source', 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('heading', 12), ('kind', 27), ('description', 28), ('unit', 29), ('points', 33), ('source', 34), ('source_url', 35)]], {}), 37: ('wagtail.blocks.TextBlock', (), {'label': 'Introduction', 'required': False, 'rows': 2}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'Title', 'max_length': 160}), 39: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'File'}), 40: ('wagtail.blocks.ChoiceBlock', [], {'choices': core.languages.site_languages.language_choices, 'label': 'Language of the file'}), 41: ('wagtail.blocks.StructBlock', [[('title', 38), ('document', 39), ('language', 40)]], {}), 42: ('wagtail.blocks.ListBlock', (41,), {'label': 'Files', 'min_num': 1}), 43: ('wagtail.blocks.StructBlock', [[('heading', 12), ('introduction', 37), ('files', 42)]], {}), 44: ('core.blocks.practical.HelplineChooserBlock', (), {'help_text': "Default: the site's helpline.", 'label': 'Helpline', 'required': False}), 45: ('wagtail.blocks.StructBlock', [[('helpline', 44)]], {}), 46: ('wagtail.blocks.TextBlock', (), {'label': 'Text', 'required': False, 'rows': 2}), 47: ('wagtail.blocks.CharBlock', (), {'label': 'Link text', 'max_length': 80}), 48: ('wagtail.blocks.PageChooserBlock', (), {'label': 'Page', 'required': False}), 49: ('wagtail.blocks.URLBlock', (), {'label': 'or address', 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('text', 47), ('page', 48), ('url', 49)]], {'label': 'Link'}), 51: ('wagtail.blocks.StructBlock', [[('heading', 12), ('text', 46), ('link', 50)]], {}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'Question', 'max_length': 200}), 53: ('wagtail.blocks.RichTextBlock', (), {'features': ['h2', 'h3', 'bold', 'italic', 'link', 'document-link', 'ol', 'ul', 'hr'], 'label': 'Answer'}), 54: ('wagtail.blocks.StructBlock', [[('question', 52), ('answer', 53)]], {}), 55: ('wagtail.blocks.ListBlock', (54,), {'label': 'Questions', 'min_num': 1}), 56: ('wagtail.blocks.StructBlock', [[('heading', 12), ('questions', 55)]], {})}, verbose_name='body'),
                ),
                migrations.AlterField(
                    model_name='projectpage',
                    name='lead_image',
                    field=models.ForeignKey(blank=True, help_text='Optional. Without an image, the page shows its own adras pattern.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='core.siteimage', verbose_name='lead image'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='consent_scope',
                    field=models.CharField(blank=True, choices=[('internal', 'Reports and donors only'), ('website', 'This website'), ('all', 'Website, print and social media')], help_text='What the person agreed to. This site may only show “This website” or wider.', max_length=12, verbose_name='agreed to'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='consent_until',
                    field=models.DateField(blank=True, help_text='Leave blank if the form has no end date.', null=True, verbose_name='agreed until'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='consent_withdrawn',
                    field=models.DateField(blank=True, editable=False, help_text='Not shown in any language from this day on.', null=True, verbose_name='withdrawn on'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='original_language',
                    field=models.CharField(blank=True, choices=core.languages.site_languages.language_choices, max_length=12, verbose_name='language spoken'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='role',
                    field=models.CharField(blank=True, help_text='Shown below the name, or instead of it if the name must not be published: “camp participant”.', max_length=200, verbose_name='role at that time'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='source',
                    field=models.ForeignKey(blank=True, help_text='The quote is shown on all campaigns of this story.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.newspage', verbose_name='source story'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='text',
                    field=models.TextField(help_text='Without quotation marks. They are added in the style of each language.', verbose_name='words'),
                ),
                migrations.AlterField(
                    model_name='quote',
                    name='who_speaks',
                    field=models.CharField(blank=True, choices=[('official', 'Public official, speaking in public'), ('adult', 'Adult who agreed to be quoted'), ('minor', 'A child or young person under 18'), ('survivor', 'A survivor of trafficking or violence')], help_text='Public statements by officials need no consent form. All other quotes do.', max_length=12, verbose_name='kind of speaker'),
                ),
                migrations.AlterField(
                    model_name='takeaway',
                    name='source',
                    field=models.ForeignKey(blank=True, help_text='The takeaway is shown on all campaigns of this story.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.newspage', verbose_name='source story'),
                ),
                migrations.AlterField(
                    model_name='takeaway',
                    name='statement',
                    field=models.CharField(help_text='One sentence that is easy to remember and repeat.', max_length=200, verbose_name='statement'),
                ),
                migrations.AlterField(
                    model_name='topic',
                    name='slug',
                    field=models.SlugField(blank=True, help_text='Used in filters. The same in every language.', max_length=80, verbose_name='slug'),
                ),
            ],
        ),
    ]
