"""What the tests of the import share: stories in three languages, and the command itself."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from campaigns.models import Quote
from tests import factories

REAL_STORY = Path(__file__).parents[3] / "shared" / "story.txt"
needs_real_story = pytest.mark.skipif(
    not REAL_STORY.exists(), reason="the story taken from the web is not beside this checkout"
)

MENU = "-\nOur Work\nOur WorkAs in every year the teams are at work in four towns.\nAbout\nAbout\n- Take Action\n"
WORDS = "We came to learn, and we go home with work to do"
ENGLISH = (
    "{head}Forty-three young people met under the Blue Lamp Day (BLD) campaign, and on the Day of the Young.\n"
    "They learnt with the Office for Roads (OFR) how the Safe Roads and Return Project helps, and with the XYZ.\n"
    "- light the lamp\n- read <the> name\n"
    f"“{WORDS},” said the Head of the Office in Khujand, Mr. Karim Nazarov, who had come by bus.\n"
)
RUSSIAN = (
    "{head}Сорок три человека встретились в рамках Дня синей лампы и Дня молодых.\n"
    "Проект «Безопасные дороги и возвращение домой» и Управление дорог помогли им.\n"
    "«Мы приехали учиться и уезжаем с делом», — сказала координатор проекта Анна Берг.\n"
)
TAJIK = (
    "{head}Чилу се нафар дар доираи Рӯзи чароғи кабуд ва Рӯзи ҷавонон ҷамъ омаданд.\n"
    "Лоиҳаи «Роҳҳои бехатар ва бозгашт ба хона» ба онҳо ёрӣ дод.\n"
    "«Мо барои омӯхтан омадем ва бо кор ба хона меравем», – гуфт роҳбари дафтар Карим Назаров.\n"
)


def run(*paths, **options):
    out, err = StringIO(), StringIO()
    call_command("import_stories", *map(str, paths), stdout=out, stderr=err, **options)
    return out.getvalue(), err.getvalue()


def say_who_speaks(quote=None, who_speaks="official", speaker=None, **consent):
    """An editor decides what the import has only proposed."""
    quote = (quote or Quote.objects.get()).get_latest_revision_as_object()
    quote.who_speaks, quote.speaker = who_speaks, speaker
    for name, value in consent.items():
        setattr(quote, name, value)
    quote.save_revision(user=factories.UserFactory())


def keys(ties, name):
    return [getattr(tie, name).translation_key for tie in ties.all()]
