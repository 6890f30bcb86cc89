"""How fast a site of many pages answers its readers' searches. Fills the empty database that DATABASE_URL names,
and prints a table of medians: `make bench-search`."""

import argparse
import datetime
import os
import random
import re
import statistics
import sys
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "site_cms.settings.test")

import django  # noqa: E402

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from campaigns.models import CampaignPage, NewsCampaign, NewsPage, NewsTopic, Topic  # noqa: E402
from search import indexer as keeping  # noqa: E402
from search import vocabulary  # noqa: E402
from search.models import Word  # noqa: E402
from tests import factories  # noqa: E402
from tests.many import insert_pages  # noqa: E402
from tests.site_tree import SiteTree, make_site  # noqa: E402

WORDS_A_PAGE = 250
LEXICON = 20_000
CAMPAIGNS, TOPICS = 8, 12
RUNS = 15
COMMON = {"en": "migration", "ru": "миграция", "tg": "муҳоҷират"}
LETTERS = {"en": "abcdefghijklmnoprstuvw", "ru": "абвгдежзиклмнопрстуфхц", "tg": "абвгғдеӣкқлмнопрстуӯҳҷ"}
# The name of a measurement and what is asked, in Russian, of which most pages are.
ASKED = [
    ("a word on 9 pages of 10", {"q": "миграцией"}),
    ("the same, its last page", {"q": "миграцией", "page": "999999"}),
    ("the same, filtered", {"q": "миграцией", "year": "2020", "campaign": "campaign-1"}),
    ("two words on most pages", {"q": "миграция человек"}),
    ("a word on 1 page of 10", {"q": "горы"}),
    ("a rare word", {"q": "{rare}"}),
    ("a beginning of three letters", {"q": "миг"}),
    ("a word with a wrong letter", {"q": "мигрбция"}),
    ("a word on most, in Tajik", {"q": "мухочират", "lang": "tg"}),
]
TYPED = [("миг", "ru"), ("мигр", "ru"), ("гор", "ru"), ("{rare3}", "ru"), ("мух", "tg"), ("миграция че", "ru")]


def lexicon(code: str, dice: random.Random) -> list[str]:
    return ["".join(dice.choices(LETTERS[code], k=dice.randint(4, 10))) for _ in range(LEXICON)]


def text_of(words: list[str], code: str, dice: random.Random) -> str:
    """Words as often as in a language: the n-th as 1/n."""
    picked = [words[min(int(LEXICON ** dice.random()) - 1, LEXICON - 1)] for _ in range(WORDS_A_PAGE)]
    picked[40:40] = [COMMON[code], "человек"] if dice.random() < 0.9 else []
    picked[90:90] = ["горы"] if dice.random() < 0.1 else []
    return " ".join(picked)


def tree() -> tuple[SiteTree, list[CampaignPage], list[Topic]]:
    site = make_site()
    campaigns = [
        factories.CampaignPageFactory(parent=site.campaign_index, title=f"Campaign {n}", slug=f"campaign-{n}")
        for n in range(CAMPAIGNS)
    ]
    topics = [factories.TopicFactory(name=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS)]
    return site, campaigns, topics


def fill(count: int) -> None:
    """Seven pages of ten are in Russian, the others in two more languages; none has a translation."""
    site, campaigns, topics = tree()
    dice = random.Random(7)
    words = {code: lexicon(code, dice) for code in LETTERS}
    codes = dice.choices(list(LETTERS), weights=[15, 70, 15], k=count)
    for start in range(0, count, 1000):
        some = codes[start : start + 1000]
        pages = [
            page
            for code in sorted(set(some))
            for page in insert_pages(
                site.news_indexes[code], [story(code, words[code], dice) for _n in range(some.count(code))]
            )
        ]
        NewsCampaign.objects.bulk_create(
            NewsCampaign(page_id=each.pk, campaign=dice.choice(campaigns), sort_order=0) for each in pages
        )
        NewsTopic.objects.bulk_create(
            NewsTopic(page_id=each.pk, topic=topic, sort_order=0)
            for each in pages
            for topic in dice.sample(topics, dice.randint(0, 2))
        )
        progress("pages made", start + len(pages), count)


def story(code: str, words: list[str], dice: random.Random) -> NewsPage:
    title = " ".join(dice.choices(words[:5000], k=5))
    if dice.random() < 0.05:
        title = f"{COMMON[code].capitalize()} {title}"
    return NewsPage(
        title=title,
        translation_key=uuid.UUID(int=dice.getrandbits(128)),
        date=datetime.date(2012, 1, 1) + datetime.timedelta(days=dice.randrange(365 * 14)),
        summary="",
        body=[("rich_text", f"<p>{text_of(words, code, dice)}</p>")],
    )


def index(count: int) -> None:
    keys = sorted(Page.objects.filter(depth__gt=1).values_list("translation_key", flat=True).distinct())
    counts: Counter[tuple[int, str]] = Counter()
    for start in range(0, len(keys), 500):
        keeping.update(keys[start : start + 500], counts)
        progress("pages indexed", min(start + 500, len(keys)), len(keys))
    vocabulary.replace(counts)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("INSERT INTO search_matching (search_matching) VALUES ('optimize')")
            cursor.execute("ANALYZE")


def progress(what: str, done: int, total: int) -> None:
    sys.stderr.write(f"\r{connection.vendor}: {done} of {total} {what} {'' if done < total else chr(10)}")
    sys.stderr.flush()


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def median(client: Client, address: str, parameters: dict[str, Any]) -> tuple[float, int]:
    """Milliseconds of server time, after one run that nobody waits for; and how many pages were found."""
    taken = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        response = client.get(address, parameters)
        taken.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, response.status_code
    if response.headers["Content-Type"] == "application/json":  # type: ignore[possibly-undefined]  # It ran once.
        return statistics.median(taken[1:]), len(response.json()["suggestions"])
    found = re.search(r'role="status">\D*([\d\s]+)', response.content.decode())
    return statistics.median(taken[1:]), int("".join(found.group(1).split())) if found else 0


def measure() -> None:
    words = Word.objects.filter(locale__language_code="ru", pages__gt=1)
    rare = words.earliest("pages", "folded").word
    fill_in = {"{rare}": rare, "{rare3}": rare[:3]}
    client = Client(headers={"host": "localhost"})
    for name, given in ASKED:
        parameters = {key: fill_in.get(value, value) for key, value in given.items()}
        took, found = median(client, f"/{parameters.pop('lang', 'ru')}/search/", parameters)
        say(f"{connection.vendor:10}  results: {name:30} {found:7}  {took:7.0f} ms")
    for typed, code in TYPED:
        typed = fill_in.get(typed, typed)
        took, found = median(client, f"/{code}/search/suggestions/", {"q": typed})
        say(f"{connection.vendor:10}  suggestions: {typed:26} {found:7}  {took:7.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=50_000)
    count = parser.parse_args().pages
    settings.DEBUG = False
    call_command("migrate", verbosity=0)
    fill(count)
    index(count)
    say(f"{connection.vendor}: {count} pages of {WORDS_A_PAGE} words; load average {os.getloadavg()[0]:.1f}")
    measure()


if __name__ == "__main__":
    main()
