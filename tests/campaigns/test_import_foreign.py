"""Files as other systems write them: each is imported right, or named in the report."""

import datetime

import pytest
from django.core.management import CommandError, call_command

from campaigns.models import NewsPage
from tests import factories
from tests.campaigns.foreign import (
    DARI,
    DARI_TITLE,
    FIRST,
    RUSSIAN,
    RUSSIAN_TITLE,
    SECOND,
    TAJIK,
    TITLE,
    imported,
    text_of,
)
from tests.campaigns.importing import run


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Youth &amp; Migration", "Youth &amp; Migration"),
        ("safe&nbsp;migration &ndash; and work", "safe migration – and work"),
        ("the office&rsquo;s unit&#8217;s &#x201C;list&#x201D;", "the office’s unit’s “list”"),
        ("safe&amp;nbsp;migration &amp;amp; work", "safe migration &amp; work"),
        ("safe\u00a0migration\u202f&\u00a0work", "safe migration &amp; work"),
        ("see https://example.org/?a=1&copy=2 for more", "see https://example.org/?a=1&amp;copy=2 for more"),
        ("&laquo;Дом&raquo; &mdash; R&D and AT&T", "«Дом» — R&amp;D and AT&amp;T"),
        ("“We”\x97they\x92re", "“We”—they’re"),
    ],
)
def test_entities_and_spaces__become_what_they_stand_for(site, file, written, read):
    page, _out = imported(file(TITLE, f"Almaty - {FIRST}", f"{SECOND} {written}."))
    assert f"<p>{SECOND} {read}.</p>" in text_of(page)


def test_entities__in_the_title_and_unknown_ones(site, file):
    page, out = imported(file("Youth &amp; Work: &ldquo;Home&rdquo;", f"Almaty - {FIRST} &nosuch;"))
    assert page.title == "Youth & Work: “Home”"
    assert "“&nosuch;”" in out


@pytest.mark.parametrize("tag", ["<br>", "<br />", "<BR/>", '<br clear="all">', "&lt;br&gt;", "<br><br>"])
def test_line_breaks__part_paragraphs(site, file, tag):
    page, _out = imported(file(TITLE, f"Almaty - {FIRST}{tag}{SECOND}"))
    assert text_of(page) == f"<p>{FIRST}</p><p>{SECOND}</p>"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ('[caption id="attachment_12" align="alignnone" width="640"]Participants at the camp.[/caption]', ""),
        ('[caption id="a"]<img src="/x.jpg" alt=""/> Participants at the camp.[/caption]', ""),
        ('[gallery ids="1,2,3"]', ""),
        ("[gallery]", ""),
        ("[[gallery]]", ""),
        ('[[gallery ids="1,2"]]', ""),
        ("[[nid:12]]", ""),
        ("[[b]]They sang until late.[[/b]]", "They sang until late."),
        ("[embed]https://example.org/film[/embed]", ""),
        ("[vc_row][vc_column width=“1/2”]They sang until late.[/vc_column][/vc_row]", "They sang until late."),
        ("[et_pb_text admin_label='x']They sang until late.[/et_pb_text]", "They sang until late."),
        ("[b]They sang until late.[/b]", "They sang until late."),
        ('[[{"fid":"12","view_mode":"default"}]]', ""),
        ("{gallery}camp/2024{/gallery}", ""),
        ('[contact-form-7 id="5" title="Write"]', ""),
    ],
)
def test_shortcodes__leave_the_text_and_are_named(site, file, line, kept):
    page, out = imported(file(TITLE, f"Almaty - {FIRST}", line, SECOND))
    assert text_of(page) == f"<p>{FIRST}</p>{f'<p>{kept}</p>' if kept else ''}<p>{SECOND}</p>"
    assert "Left out" in out
    assert line.partition("]")[0] in out


@pytest.mark.parametrize(
    ("written", "read", "named"),
    [
        ("&lt;b&gt;bold&lt;/b&gt;", "bold", "<b>"),
        ("&amp;lt;b&amp;gt;bold&amp;lt;/b&amp;gt;", "bold", "</b>"),
        ("&#60;a href=&quot;/x&quot;&#62;bold&#60;/a&#62;", "bold", '<a href="/x">'),
        ("&lt;IMG src=x onerror=alert(1)&gt; bold", "bold", "<IMG src=x onerror=alert(1)>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt; bold", "bold", "<script>alert(1)</script>"),
        ("&lt;!-- more --&gt; bold", "bold", "<!-- more -->"),
        ("&lt;&lt;b&gt;b&gt;bold", "bold", "<b>"),
        ("&lt;p&gt;bold&lt;/p&gt;", "</p><p>bold", "<p>"),
        ("3 &lt; 5, &lt;the people&gt;", "3 &lt; 5, &lt;the people&gt;", ""),
    ],
)
def test_tags_written_with_entities__leave_the_text_and_are_named(site, file, written, read, named):
    page, out = imported(file(TITLE, f"Almaty - {FIRST}", f"{SECOND} {written}"))
    assert text_of(page) == f"<p>{FIRST}</p><p>{SECOND} {read}</p>".replace(" </p>", "</p>")
    assert f"“{named}”" in out if named else "Left out" not in out


@pytest.mark.parametrize("words", ["[sic]", "[the river]", "[Dushanbe]", "{name}s", "[1]", "[…]"])
def test_brackets_of_the_story__stay(site, file, words):
    page, _out = imported(file(TITLE, f"Almaty - {FIRST}", f"{SECOND} They said so {words} and went."))
    assert f"They said so {words} and went." in text_of(page)


@pytest.mark.parametrize("wrong", ["cp1252", "cp1251", "latin-1"])
def test_double_encoded__is_repaired_with_a_doubt(site, file, wrong):
    words = f"{RUSSIAN} Они сказали: «Да» – и ушли."
    damaged = words.encode().decode(wrong, "surrogateescape") if wrong == "latin-1" else misread(words, wrong)
    title = misread(RUSSIAN_TITLE, wrong)
    page, out = imported(file(title, f"Алматы - {RUSSIAN}", damaged), locale="ru")
    assert page.title == RUSSIAN_TITLE
    assert f"<p>{words}</p>" in text_of(page)
    assert "were put right" in out


def misread(text: str, encoding: str) -> str:
    letters = (bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in text.encode())
    return "".join(letters)


@pytest.mark.parametrize("written", ["“We came home,” she thought – «да»", "café, naïve, «Группа Р» и СССР»"])
def test_well_encoded__is_left_alone(site, file, written):
    page, out = imported(file(TITLE, f"Almaty - {FIRST}", f"{SECOND} {written}."))
    assert written in text_of(page)
    assert "put right" not in out


def test_damage_that_cannot_be_repaired__is_a_doubt(site, file):
    _page, out = imported(file(TITLE, f"Almaty - {FIRST}", f"{SECOND} Itâ€ s so."))
    assert "damaged letters" in out


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-16"])
def test_encoding__is_an_option(site, file, encoding):
    path = file(RUSSIAN_TITLE, f"Алматы - {RUSSIAN}", encoding=encoding)
    page, _out = imported(path, locale="ru", encoding=encoding)
    assert page.title == RUSSIAN_TITLE
    assert RUSSIAN in text_of(page)


def test_encoding__is_for_what_is_no_unicode_only(site, file):
    page, _out = imported(file(RUSSIAN_TITLE, f"Алматы - {RUSSIAN}"), locale="ru", encoding="windows-1251")
    assert page.title == RUSSIAN_TITLE


def test_encoding__unknown(site, file):
    with pytest.raises(CommandError, match="there is no encoding “klingon”"):
        call_command("import_stories", str(file(TITLE)), "--encoding=klingon")


def test_folders__with_capital_endings_and_folders_in_them(site, file, tmp_path):
    for place, name in enumerate(["a.txt", "B.TXT", "2024/c.Txt", "2024/old/d.txt"]):
        file(f"{TITLE} {place}", f"Almaty - {FIRST}", f"{SECOND} {place}", name=name)
    file("x", name="2024/notes.docx")
    file("x", name=".hidden.txt")
    file("x", name="__MACOSX/._a.txt")
    out, _err = run(tmp_path)
    assert NewsPage.objects.count() == 4
    assert "notes.docx: skipped" in out
    assert "hidden" not in out


@pytest.mark.parametrize(
    ("title", "head", "slug", "places", "date"),
    [
        (DARI_TITLE, "دوشنبه، ۱۲ اگست ۲۰۲۴ – ", "fnws", ["دوشنبه"], datetime.date(2024, 8, 12)),
        (DARI_TITLE, "کابل، ۲۲ اسد ۱۴۰۳ – ", "fnws", ["کابل"], datetime.date(2024, 8, 12)),
        # 1403 was a leap year, 1402 was not.
        (DARI_TITLE, "کابل، ۳۰ حوت ۱۴۰۳ – ", "fnws", ["کابل"], datetime.date(2025, 3, 20)),
        (DARI_TITLE, "", "fnws", [], None),
        ("بازگشت به خانه؟", "شهر کابل، افغانستان – ", "bzgsht", ["کابل"], None),
    ],
)
def test_dari__is_imported_under_an_address_of_its_letters(site, file, title, head, slug, places, date):
    page, _out = imported(file(title, head + DARI, f"شب شد. {DARI}"), locale="fa-af")
    assert (page.title, page.locale.language_code, page.date) == (title, "fa-af", date)
    assert page.slug.startswith(slug)
    assert page.slug.isascii()
    assert [tie.place.name for tie in page.places.all()] == places
    assert DARI in text_of(page)


def test_address__is_free_in_every_language(site, file, tmp_path):
    factories.NewsPageFactory(parent=site.news_indexes["ru"], slug="lanterns-over-the-river")
    page, _out = imported_beside(file(TITLE, f"Almaty - {FIRST}"))
    assert page.slug == "lanterns-over-the-river-2"


def imported_beside(path):
    out, _err = run(path)
    return NewsPage.objects.order_by("pk").last(), out


@pytest.mark.parametrize("title", ["☀ 2024", "☀☀☀ (☀)"])
def test_address__of_letters_or_none(site, file, title):
    page, _out = imported(file(title, f"Almaty, 12 August 2024 - {FIRST}", SECOND))
    assert page.slug
    assert page.slug.isascii()


@pytest.mark.parametrize(
    ("locale", "text", "named"),
    [
        ("en", RUSSIAN, "Русский"),
        ("en", TAJIK, "Тоҷикӣ"),
        ("ru", FIRST, "English"),
        ("ru", TAJIK, "Тоҷикӣ"),
        ("tg", RUSSIAN, "Русский"),
        ("fa-af", RUSSIAN, "Русский"),
        ("ru", DARI, "دری"),
    ],
)
def test_language__another_than_said_is_asked_about(site, file, locale, text, named):
    path = file("Almaty 2024", f"Almaty - {text}", f"{text} {text}")
    with pytest.raises(CommandError, match=f"seems to be in {named}.*--any-language"):
        run(path, locale=locale)
    assert not NewsPage.objects.exists()
    page, _out = imported(path, locale=locale, any_language=True)
    assert page.locale.language_code == locale


@pytest.mark.parametrize(("locale", "text"), [("en", FIRST), ("ru", RUSSIAN), ("tg", TAJIK), ("fa-af", DARI)])
def test_language__as_said_is_not_asked_about(site, file, locale, text):
    page, _out = imported(file("Almaty 2024", f"Almaty - {text}", f"{text} {text}"), locale=locale)
    assert page.locale.language_code == locale


@pytest.mark.parametrize(
    ("locale", "lines", "named"),
    [
        ("en", [DARI_TITLE, "زنان در کابل کورس خیاطی را تمام کردند."], "دری"),
        ("en", ["آب در قریه", "مردم آب گرفتند.", "آنها خوش هستند."], "دری"),
        ("en", ["Вода в селе", "Рашт. Жители села получили воду.", "Они рады."], "Русский"),
        ("en", ["Оби нав", "Хоруғ – Оилаҳо об гирифтанд. Онҳо хурсанданд."], "Тоҷикӣ"),
        ("en", ["Un cours à Khujand", "Khujand, 3 mai 2025 – Quarante femmes ont terminé le cours."], ""),
        ("en", ["Kohle", "Dushanbe. Die Familien haben Kohle für den Winter bekommen."], ""),
        ("en", ["Курс", "Сорок человек пришли."], ""),
        ("ru", [DARI_TITLE, "مردم آب گرفتند."], "دری"),
        ("ru", ["Ҷавонон дар Хоруғ", "Хоруғ. Ҷавонон вохӯрданд."], "Тоҷикӣ"),
        ("ru", ["Чавонон дар Хоруг", "Хоруг. Чавонон вохурданд. Онхо хурсанд буданд."], "Тоҷикӣ"),
        ("ru", ["Мактаби нав", "Дар дехаи Навобод мактаб кушода шуд."], "Тоҷикӣ"),
        ("ru", ["New School Wall", "Dushanbe: The school got a wall on Monday.", "Children are glad."], "English"),
        ("ru", ["Du charbon", "Khorog – Les familles ont reçu du charbon."], ""),
        ("ru", ["Жаңы мектеп", "Балдар мектепке келишти. Үй-бүлөлөр көмүр алышты."], ""),
        ("tg", ["Вода в селе", "Рашт. Жители села получили воду.", "Они рады."], "Русский"),
        ("tg", ["Seeds", "Kulob: Farmers got seeds for the spring."], "English"),
        ("fa-af", ["Warm Winter", "IOM. Panjakent. Families got coal for the winter."], "English"),
        ("fa-af", ["دورة الخياطة", "أنهت أربعون امرأة دورة الخياطة في المدينة."], ""),
        ("fa-af", ["ښوونځی", "هلکان او نجونې ښوونځي ته ځي او زده کړې کوي."], ""),
    ],
)
def test_language__of_a_short_text_is_asked_about(site, file, locale, lines, named):
    path = file(*lines)
    seems = f"seems to be in {named}" if named else "seems not to be in"
    with pytest.raises(CommandError, match=f"{seems}.*--any-language"):
        run(path, locale=locale)
    assert not NewsPage.objects.exists()
    page, _out = imported(path, locale=locale, any_language=True)
    assert page.locale.language_code == locale


@pytest.mark.parametrize(
    ("locale", "lines"),
    [
        ("en", ["Café Opens", "Khujand. The café opened for Zarina and for Ömür."]),
        ("en", ["Coal for Families", "Khorog – Forty families got coal. Everybody was glad."]),
        ("en", ["Fonds de la Paix", "Dushanbe: The Fonds de la Paix opened an office for women."]),
        ("en", ["Three Words", "Khorog: Kamol Somoni “Навруз” Bonu. They sang for us."]),
        ("ru", ["Вода в селе", "Рашт. Жители села получили воду.", "Они рады."]),
        ("ru", ["Дом", "Зарина из Хоруғ приехала домой."]),
        ("ru", ["IOM, UNHCR, UNICEF, UNDP, WHO", "Душанбе. Karim Nazarov, Zarina Saidova, IOM Tajikistan."]),
        ("ru", ["Сайт", "Семьи пишут на https://www.example.org/en/a-very-long-address/of-a-page/ каждый день."]),
        ("tg", ["Мактаби нав", "Хоруғ. Мактаби нав кушода шуд. Кӯдакон хурсанданд."]),
        ("tg", ["Оби нав", "Дар деха об омад. Мардум хурсанданд."]),
        ("fa-af", ["آب", "کابل: مردم آب گرفتند."]),
        ("fa-af", ["خانه", "خانواده ها با کمک دفتر IOM به خانه آمدند."]),
    ],
)
def test_language__of_a_short_text_as_said_is_not_asked_about(site, file, locale, lines):
    page, _out = imported(file(*lines), locale=locale)
    assert page.locale.language_code == locale


@pytest.mark.parametrize(
    ("locale", "text", "acronyms"),
    [
        ("fa-af", DARI, ""),
        ("fa-af", f"{DARI} دفتر WXYZ و QRS با آنها بودند.", "WXYZ, QRS"),
        ("ru", f"{RUSSIAN} Им помог ЦЩЖ, а «ФЖХ-Центр» был рядом.", "ЦЩЖ, ФЖХ"),
        ("tg", f"{TAJIK} Ба онҳо ҶҒӢ ва ҚҲӮ ёрӣ доданд.", "ҶҒӢ, ҚҲӮ"),
        ("en", f"{FIRST} The ÉÀÇ and two QRSs of Éàç came.", "ÉÀÇ, QRS"),
        ("en", f"{FIRST} The name is 东京 and שלום on the map.", ""),
    ],
)
def test_acronyms__are_words_of_capital_letters(site, file, locale, text, acronyms):
    _page, out = imported(file("2024", f"Almaty - {text}", text), locale=locale)
    named = [line for line in out.splitlines() if "Unknown acronyms" in line]
    assert [line.rpartition(": ")[2] for line in named] == [acronyms][: bool(acronyms)]
