"""Words as the index knows them, without a database."""

import unicodedata

import pytest

from core.languages.stems import folded, stem
from search.words import asked_words, folded_words
from tests.threads import in_threads

# Of each line all the words are forms of one: plurals with and without a joiner, ezafe, “a”, possession.
FORMS = """
دختر دختران دخترها دختر‌ها دخترهای دختر‌های دخترهایی دختر‌هایی دخترانش دخترهایش دخترانی
مهاجر مهاجران مهاجر‌ان مهاجرها مهاجر‌ها مهاجر‌های مهاجرهایی مهاجر‌هایی
معلم معلمان معلم‌ها معلم‌های معلم‌هایی
کودک کودکان کودک‌ها کودکانشان
جوان جوانان جوان‌ها جوان‌های
خانه خانهٔ خانۀ خانه‌ی خانه‌ای خانهء خانه‌ها خانه‌های خانه‌هایی خانه‌هایش
داستان داستان‌ها داستان‌های داستان‌هایی داستانها
صدا صدای صدایی صداها صدا‌ها صداهای صدا‌هایی
روستا روستای روستایی روستاها روستا‌های
گفتگو گفتگوی گفتگوها گفتگو‌های
زن زنان زن‌ها زنها
مرد مردان مردها
دوست دوستان دوست‌ها
پناهنده پناهندهٔ پناهندۀ پناهنده‌ی پناهندگان پناهنده‌ها
نماینده نمایندگان نمایندگانش
بچه بچهٔ بچه‌ی بچگان بچه‌های
دانشجو دانشجویان دانشجوها
کارگر کارگران کارگرها
مدیر مدیران
مادر مادران مادر‌ها
مهندس مهندسان
میزبان میزبانان
کارفرما کارفرمای کارفرمایان
قربانی قربانیان
""".strip().splitlines()

APART = """
باران بار
بحران بحر
ایران ایر
تهران ته
دوران دور
جبران جبر
عمران عمر
کاروان کار
ناتوان ناتو
پهلوان پهلو
هراسان هراس
هندوستان دوست
ماهی ماه
تنها تن
تنهایی تن
رها ره
خانه خان
بزرگ بزره
ارگان اره
میزبان میز
مهربان مهر
بیابان بیا
برای بر
جای جا
مهاجرت مهاجر
""".strip().splitlines()


@pytest.mark.parametrize("forms", FORMS)
def test_persian__forms_meet(forms):
    assert len({stem(folded(word), "fa-af") for word in forms.split()}) == 1


@pytest.mark.parametrize("pair", APART)
def test_persian__different_words_stay_apart(pair):
    one, other = (stem(folded(word), "fa-af") for word in pair.split())
    assert one != other


@pytest.mark.parametrize(
    "forms",
    [
        "муҳоҷир муҳоҷирон муҳоҷиронро муҳоҷирони муҳоҷирҳо муҳоҷирҳоро муҳоҷирҳои муҳоҷире муҳоҷирро",
        "иштирокчӣ иштирокчиён иштирокчиёнро иштирокчиёни",
        "донишҷӯ донишҷӯён донишҷӯёнро донишҷӯёни донишҷӯи",
        "раҳнамо раҳнамоён раҳнамоёни раҳнамоҳояшон",
        "бизнесмен бизнесменҳо бизнесменро",
    ],
)
def test_tajik__forms_meet(forms):
    assert len({stem(folded(word), "tg") for word in forms.split()}) == 1


@pytest.mark.parametrize("form", ["NFC", "NFD", "NFKC", "NFKD"])
@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("خانۀ", "خانه"),
        ("خانه\u0654", "خانه"),
        ("خانە", "خانه"),
        ("خانہ", "خانه"),
        ("خانۂ", "خانه"),
        ("خانھ", "خانه"),
        ("خانة", "خانه"),
        ("خانهء", "خانه"),
        ("ﺧﺎﻧﻪ", "خانه"),
        ("ﺧﺎﻧﮥ", "خانه"),
        ("كتابي", "کتابی"),
        ("کتابے", "کتابی"),
        ("کتابۓ", "کتابی"),
        ("ڪتابى", "کتابی"),
        ("مسئول", "مسیول"),
        ("مؤثر", "موثر"),
        ("آب", "اب"),
        ("ٱب", "اب"),
        ("سوءاستفاده", "سواستفاده"),
        ("مَدرَسۀ", "مدرسه"),
        ("کتـــاب", "کتاب"),
        ("\u2067کتاب\u2069", "کتاب"),
    ],
)
def test_persian__letters_that_stand_for_one_another_are_one(form, written, plain):
    assert asked_words(unicodedata.normalize(form, written)) == [plain]


@pytest.mark.parametrize(
    "number", ["1,840", "1\u00a0840", "1\u202f840", "1\u2009840", "۱٬۸۴۰", "۱،۸۴۰", "1840", "۱۸۴۰"]
)
def test_number__is_found_with_and_without_its_separator(number):
    assert asked_words(number) == ["1840"]
    assert "1840" in folded_words(f"it were {number}.")


def test_number__with_plain_spaces_is_one_where_it_is_written_and_two_where_it_is_asked_for():
    assert folded_words("1 840") == ["1840", "1", "840"]
    assert asked_words("1 840") == ["1", "840"]
    assert folded_words("1\u00a0234\u00a0567") == ["1234567", "1", "234", "567"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2024 350", ["2024", "350"]),
        ("12, 345", ["12", "345"]),
        ("1,84", ["1", "84"]),
        ("1,8400", ["1", "8400"]),
        ("in 7,2024", ["in", "7", "2024"]),
        ("A/RES/68/192", ["a", "res", "68", "192"]),
    ],
)
def test_number__of_other_kinds_is_left(text, words):
    assert folded_words(text) == words


WORDS = {
    "ru": "истории кампании торговли людьми переселенцев возвращения свидетелями подростков".split(),
    "en": "stories campaigns trafficking witnesses returning travelled children registered".split(),
    "fa": "داستان‌ها کودکان زنان قربانیان مهاجران خانواده‌های بازگشت کمپاین‌ها".split(),
}


@pytest.mark.parametrize("code", WORDS)
def test_stem__in_several_threads_at_once(code: str):
    """Snowball's stemmers keep the word that they work on; the cache is left out here."""
    words = [folded(word) for word in WORDS[code]]
    alone = [stem.__wrapped__(word, code) for word in words]

    assert in_threads(lambda word: stem.__wrapped__(word, code), words * 200) == alone * 200
