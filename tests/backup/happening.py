"""What happens on the sites of the drill: run in their environment (`Server.call`)."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from campaigns.models import Quote
from core.backup.engines import engine
from core.consent.withdrawals import undo, withdraw
from core.helplines.current import Helplines
from core.models import Helpline, SiteImage, Withdrawal
from core.publishing.gate import confirmed
from tests.factories import (
    ContentPageFactory,
    DocumentFactory,
    NewsPageFactory,
    QuoteFactory,
    ResourcePageFactory,
    SectionPageFactory,
    SiteImageFactory,
    UserFactory,
)
from tests.helplines import HelplineFactory
from tests.site_tree import make_site
from tests.stress.taken_away import as_in_tests
from tests.translating import open_newsroom
from tests.withdrawing import places_of
from translation.models import DeletedObject

CODES = ("en", "ru", "tg", "fa-af")
# In no catalogue or code.
WORDS = {"en": "zarnigorinabrak", "ru": "зарнигоринабрак", "tg": "қаламтарошқӣ", "fa-af": "زرنگارینبرک"}
EARLIER = "qalamtaroshak"
ELSEWHERE = ("/robots.txt", "/sitemap.xml", "/api/v2/quotes/?limit=100", "/en/no-such-page/")


def tables() -> dict[str, list[Any]]:
    return engine().tables()


def get(address: str) -> tuple[int, bytes]:
    answer = Client().get(address, secure=True, headers={"host": "127.0.0.1"})
    return answer.status_code, b"".join(answer)


def public() -> dict[str, list[Any]]:
    """Return status and content of all public pages, feeds and searches, by address."""
    addresses = list(ELSEWHERE)
    for code in CODES:
        addresses += [f"/{code}/feeds/news.atom", f"/{code}/calendar.ics", f"/{code}/search/?q=a"]
        sitemap = get(f"/sitemap-{code}-1.xml")[1].decode()
        addresses += re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", sitemap)
    answers = {address: get(address) for address in sorted(set(addresses))}
    return {address: [status, content.hex()] for address, (status, content) in answers.items()}


def make() -> dict[str, Any]:
    """Make a small site in four languages. Return what will be taken away, by translation keys, and the words of a
    quote by language."""
    site = make_site()
    newsroom = open_newsroom(site)
    newsroom.translators["fa-af"] = UserFactory(groups=["Translator fa-af"])
    HelplineFactory(number="000-00-00")
    with as_in_tests(), confirmed():
        story = NewsPageFactory(parent=site.news_index, title="A year in the workshop", slug="workshop")
        quote = QuoteFactory(
            text=f"First I said {EARLIER} and nothing else.", source=story, locale=site.locales["en"]
        )
        quote.save_revision().publish()
        quote.text = f"I learned the {WORDS['en']} by heart in that long winter."
        quote.save_revision().publish()
        for code in CODES[1:]:
            newsroom.bring_live(story, code)
            [translation] = newsroom.send(quote, code)
            newsroom.word(translation, _wording(code))
            newsroom.decide(newsroom.submit(translation))
            newsroom.publish(translation)
        mistaken = QuoteFactory(text="We mended every chair there was.", source=story, locale=site.locales["en"])
        stories = [
            NewsPageFactory(parent=site.news_index, title=f"About {name}", slug=name)
            for name in ("unpublished", "deleted", "purged")
        ]
        for each in stories:
            newsroom.bring_live(each, "ru", "tg")
        image = SiteImageFactory(people=True, title="Lantern")
        section = SectionPageFactory(parent=site.home)
        private = ContentPageFactory(parent=section, title="Once public", slug="once-public", lead_image=image)
        ResourcePageFactory(parent=section, title="Leaflets", documents={"en": DocumentFactory(title="Flyer")})
    call_command("rebuild_search", verbosity=0)
    return {
        "quote": str(quote.translation_key),
        "mistaken": str(mistaken.translation_key),
        "image": image.pk,
        "private": str(private.translation_key),
        **{each.slug: str(each.translation_key) for each in stories},
    }


def take_away(chosen: dict[str, Any]) -> None:
    """Withdraw, unpublish, delete and change, after a backup was made."""
    _withdraw(chosen["quote"], "It was asked for by letter.")
    _withdraw(chosen["mistaken"], "It was asked for.")
    mistaken = Withdrawal.objects.get(object_key=chosen["mistaken"])
    undo(mistaken, None, "It was another one.")  # type: ignore[arg-type]  # nobody has logged in
    withdraw(SiteImage.objects.get(pk=chosen["image"]), None, "It was asked for.")
    _in("ru", chosen["unpublished"]).unpublish()
    for name in ("deleted", "purged"):
        for code in ("en", "ru"):
            _in(code, chosen[name]).delete()
    long_ago = timezone.now() - timedelta(days=40)
    DeletedObject.objects.filter(object_key=chosen["purged"]).update(deleted_at=long_ago)
    call_command("purge_deleted", verbosity=0)
    PageViewRestriction.objects.create(page=_in("en", chosen["private"]), restriction_type="login")
    helpline = Helpline.objects.get(is_primary=True)
    helpline.number = "111-11-11"
    helpline.save()


def state(chosen: dict[str, Any]) -> dict[str, Any]:
    """Return where the words stand in the database, what readers get, and the rows of what was taken away."""
    primary = Helplines().primary
    assert primary is not None
    return {
        "places": {word: sorted(places_of(word)) for word in (EARLIER, *WORDS.values())},
        "live": {
            name: sorted(
                Page.objects.live()
                .filter(translation_key=chosen[name])
                .values_list("locale__language_code", flat=True)
            )
            for name in ("unpublished", "deleted", "purged")
        },
        "in_trash": {
            name: sorted(
                DeletedObject.objects.filter(object_key=chosen[name], restored_at=None).values_list(
                    "locale__language_code", flat=True
                )
            )
            for name in ("deleted", "purged")
        },
        "private": get(_in("en", chosen["private"]).url)[0],
        "number": primary.number,
        "is_withdrawn": SiteImage.objects.get(pk=chosen["image"]).consent_withdrawn is not None,
        "mistaken": Quote.objects.filter(
            translation_key=chosen["mistaken"], consent_withdrawn__isnull=False
        ).count(),
        "found": [
            code for code, word in WORDS.items() if "<mark>" in get(f"/{code}/search/?q={word}")[1].decode()
        ],
    }


def _wording(code: str) -> Callable[[str], str]:
    return lambda text: f"{WORDS[code]} {WORDS[code][::-1]} [{code}]"


def _withdraw(key: str, reason: str) -> None:
    quote = Quote.objects.filter(translation_key=key).first()
    assert quote is not None
    withdraw(quote, None, reason)


def _in(code: str, key: str) -> Any:
    page = Page.objects.filter(translation_key=key, locale__language_code=code).first()
    return page.specific if page else None
