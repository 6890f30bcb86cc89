"""Stories in four languages, as files that come from elsewhere."""

from campaigns.models import NewsPage
from tests.campaigns.importing import run

TITLE = "Lanterns over the River"
FIRST = "Forty-three young people lit lanterns for those who had left home and were not heard of again."
SECOND = "They had folded them in the afternoon, each with a name and a village written on the paper."
RUSSIAN_TITLE = "Фонари над рекой"
RUSSIAN = (
    "Сорок три молодых человека встретились в горах, чтобы поговорить о работе за рубежом и о том, как вернуться."
)
TAJIK = "Чилу се нафар ҷавонон дар кӯҳ ҷамъ омаданд, то дар бораи муҳоҷират ва кор дар хориҷа сӯҳбат кунанд."
DARI_TITLE = "فانوس‌ها بر فراز دریا"
DARI = "چهل و سه جوان در کوه‌ها گرد هم آمدند تا در باره کار در خارج و راه بازگشت به خانه صحبت کنند."


def text_of(page: NewsPage) -> str:
    return "".join(block.value.source for block in page.body if block.block_type == "rich_text")


def imported(path, **options) -> tuple[NewsPage, str]:
    out, _err = run(path, **options)
    return NewsPage.objects.get(), out
