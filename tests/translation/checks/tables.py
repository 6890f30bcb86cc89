"""The tables of right and wrong translations by which the checks are measured, in the three languages of the
site.

`sentences.txt` holds thirty sentences, and a file for each language their right translations, with what is put
wrong in them: `figures: 50 тыс. -> 5 тыс.` Some checks have files of their own. Mistakes that need no words,
such as a letter of another script, are made here."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from translation.checks import Code, findings
from translation.checks.checking import Basis
from translation.checks.finding import Finding
from translation.glossary.files import read
from translation.glossary.index import Entry, Form, Index, target_stems

HERE = Path(__file__).resolve().parent
TERMS = HERE.parents[2] / "home/demo/content/terms.csv"
LANGUAGES = ("ru", "tg", "fa-af")
LONGEST = 1_000


@dataclass(frozen=True)
class Sentence:
    number: int
    source: str
    text: str
    wrong: dict[str, tuple[str, str]] = field(default_factory=dict)

    def with_mistake(self, kind: str) -> str:
        right, wrong = self.wrong[kind]
        assert self.text.count(right) >= 1, f"{self.number}: “{right}” is not in “{self.text}”"
        return self.text.replace(right, wrong, 1)


@dataclass(frozen=True)
class Pair:
    source: str
    text: str
    limit: int | None = None


@cache
def sentences(code: str) -> list[Sentence]:
    sources = dict(line.split(" ", 1) for line in (HERE / "sentences.txt").read_text().splitlines())
    found: list[Sentence] = []
    for line in (HERE / f"{code}.txt").read_text().splitlines():
        if match := re.match(r"(\d+) (.*)", line):
            found.append(Sentence(int(match[1]), sources[match[1]], match[2]))
        elif not line.startswith("names: "):
            kind, change = line.split(": ", 1)
            right, wrong = change.split(" -> ")
            found[-1].wrong[kind] = (right, wrong)
    return found


@cache
def glossary(code: str) -> Index:
    """The glossary of the demo, and the names in the sentences."""
    forms: dict[str, tuple[list[str], list[Form]]] = defaultdict(lambda: ([], []))
    for each in read(TERMS.name, TERMS.read_bytes()):
        own, translations = forms[each.term]
        own += [each.term, *(form.strip() for form in each.other_forms.split(","))]
        if each.language == code:
            others = [form.strip() for form in each.translation_other_forms.split(",") if form.strip()]
            stems = tuple(target_stems(form, code) for form in [each.translation, *others])
            translations.append(Form(each.translation, each.status, "", stems))
    entries = [(own, Entry(term, tuple(made))) for term, (own, made) in forms.items() if made]
    [line] = [line for line in (HERE / f"{code}.txt").read_text().splitlines() if line.startswith("names: ")]
    for name in line.removeprefix("names: ").split("; "):
        source, text = name.split("=")
        form = Form(text, "preferred", "", (target_stems(text, code),))
        entries.append(([source], Entry(source, (form,), is_name=True)))
    return Index(code, entries)


def found(pair: Pair, code: str) -> list[Finding]:
    return findings(pair.source, pair.text, code, pair.limit, Basis(glossary(code)))


def codes(pair: Pair, code: str) -> set[Code]:
    return {finding.code for finding in found(pair, code)}


# Mistakes that are made by machine, each from a right sentence.


def doubled(sentence: Sentence) -> str:
    """A word stands twice, as after a cut and paste."""
    word = re.search(r"(?<=\s)[^\W\d_a-z]{4,}(?=\s)", sentence.text)
    assert word, sentence.text
    return f"{sentence.text[: word.end()]} {word[0]}{sentence.text[word.end() :]}"


def other_script(sentence: Sentence) -> str:
    """A letter of another keyboard that looks the same, or in Arabic script a Latin letter between others."""
    for letter, latin in {"о": "o", "а": "a", "е": "e", "с": "c"}.items():
        if match := re.search(rf"(?<=[а-я]){letter}(?=[а-я])", sentence.text):
            return sentence.text[: match.start()] + latin + sentence.text[match.end() :]
    word = re.search(r"[\u0627-\u06cc]{4,}", sentence.text)
    assert word, sentence.text
    return f"{sentence.text[: word.start() + 2]}a{sentence.text[word.start() + 2 :]}"


def without_end(sentence: Sentence) -> str:
    return re.sub(r"[.!?؟]$", "", sentence.text) if sentence.text[-1] in ".!?؟" else f"{sentence.text}!"


def without_link(sentence: Sentence) -> str:
    return re.sub(r"</?a\b[^>]*>", "", sentence.text)


def left_open(sentence: Sentence) -> str:
    return sentence.text.replace("</a>", "", 1)


def other_digit(sentence: Sentence) -> str:
    """The last digit of the telephone number is another one."""
    number = re.search(r"(?:\+992|\(3322\))[\d ()-]*\d", sentence.text)
    assert number, sentence.text
    last = str((int(number[0][-1]) + 1) % 10)
    return sentence.text[: number.end() - 1] + last + sentence.text[number.end() :]


def other_url(sentence: Sentence) -> str:
    return re.sub(r"((?:https://|www)\S*?)example", r"\1exampel", sentence.text, count=1)


def other_email(sentence: Sentence) -> str:
    return re.sub(r"@example", "@exampel", sentence.text, count=1)


FIRST, SECOND = range(1, 16), range(16, 31)
MADE: dict[Code, tuple[range, Callable[[Sentence], str]]] = {
    Code.FIGURES: (FIRST, lambda sentence: sentence.with_mistake("figures")),
    Code.DATES: (FIRST, lambda sentence: sentence.with_mistake("dates")),
    Code.TERM: (FIRST, lambda sentence: sentence.with_mistake("term")),
    Code.LINK: (FIRST, without_link),
    Code.MARKUP: (FIRST, left_open),
    Code.TELEPHONES: (SECOND, other_digit),
    Code.URLS: (SECOND, other_url),
    Code.EMAILS: (SECOND, other_email),
    Code.NAME: (SECOND, lambda sentence: sentence.with_mistake("name")),
    Code.DOUBLED: (FIRST, doubled),
    Code.SCRIPTS: (FIRST, other_script),
    Code.PUNCTUATION: (SECOND, without_end),
    Code.UNCHANGED: (SECOND, lambda sentence: sentence.source),
    Code.SPACES: (SECOND, lambda sentence: f"{sentence.text} "),
    Code.CONTROL: (SECOND, lambda sentence: sentence.text.replace(" ", "\x0b", 1)),
    Code.TAGS: (SECOND, lambda sentence: f"<b>{sentence.text}</b>"),
}

# Each has a file of rows: language, source, wrong and right translation.
OF_THEIR_OWN = (Code.FORBIDDEN, Code.PLACEHOLDERS)


def right_and_wrong(check: Code, code: str) -> tuple[list[Pair], list[Pair]]:
    """Fifteen pairs in which the check has nothing to find, and fifteen in which it has."""
    right = [Pair(text, text) for text in RIGHT_ANYWAY.get(check, ())]
    if check in OF_THEIR_OWN:
        rows = [row.split(" | ") for row in (HERE / f"{check.value}.txt").read_text().splitlines()]
        own = [row[1:] for row in rows if row[0] == code]
        harmless = [Pair(*each) for each in SPECIAL.get((check, code), [])]
        return [*harmless, *(Pair(source, good) for source, _bad, good in own)], [
            Pair(source, bad) for source, bad, _good in own
        ]
    if check == Code.LENGTH:
        chosen = [each for each in sentences(code) if each.number in SECOND]
        exact = [Pair(each.source, each.text, len(each.text)) for each in chosen]
        return exact, [Pair(each.source, each.text, len(each.text) - 1) for each in chosen]
    numbers, spoil = MADE[check]
    chosen = [each for each in sentences(code) if each.number in numbers]
    special = SPECIAL.get((check, code), [])
    right = right or [*(Pair(*each) for each in special), *(Pair(each.source, each.text) for each in chosen)]
    wrong = [Pair(each.source, spoil(each)) for each in chosen]
    wrong += [Pair(*each) for each in ALSO_WRONG.get((check, code), [])]
    return right[:15] if len(right) > 15 and not special else right, wrong


def tables() -> Iterator[tuple[Code, str]]:
    yield from ((check, code) for check in (*MADE, *OF_THEIR_OWN, Code.LENGTH) for code in LANGUAGES)


RIGHT_ANYWAY = {
    # The same in all languages.
    Code.UNCHANGED: [
        "IOM",
        "A/RES/68/192",
        "1313",
        "+992 44 600 12 00",
        "https://example.org/leaflet.pdf",
        "help@example.org",
        "#EndHumanTrafficking",
        "WhatsApp: +992 918 50 60 70",
        "2020–2023",
        "65 %",
        "PDF",
        "SMS, MMS",
        "YouTube",
        "A4",
        "© IOM 2025",
    ],
}
# Right translations that look wrong: the same beside the thirty sentences.
SPECIAL: dict[tuple[Code, str], list[tuple[str, str]]] = {
    (Code.TERM, "fa-af"): [("IOM opened the room.", "IOM اتاق را گشود.")],
    (Code.TELEPHONES, "fa-af"): [
        ("00992 44 600 0000", "+۹۹۲ ۴۴ ۶۰۰ ۰۰۰۰"),
    ],
    (Code.TELEPHONES, "tg"): [
        ("00992 44 600 0000", "+992 44 600 0000"),
    ],
    (Code.TELEPHONES, "ru"): [
        ("00992 44 600 0000", "+992 44 600 0000"),
    ],
    (Code.SCRIPTS, "ru"): [
        ("Vitamin C is there.", "Витамин C есть."),
        ("Hepatitis B and C", "Гепатиты B и C"),
        ("Item c of the law", "Пункт c закона"),
        ("Plan B: we wait.", "План B: мы ждём."),
        ("Ask our IT specialist by SMS.", "Спросите нашего IT-специалиста по SMS."),
        ("Open the PDF file.", "Откройте PDF-файл."),
        ("An online course in Wi-Fi zones", "Онлайн-курс в зонах Wi-Fi"),
    ],
    (Code.SCRIPTS, "tg"): [
        ("Vitamin C is there.", "Витамини C ҳаст."),
        ("Ask our IT specialist by SMS.", "Аз IT-мутахассиси мо бо SMS пурсед."),
        ("Open the PDF file.", "Файли PDF-ро кушоед."),
        ("See facebook.com", "facebook.com-ро бинед"),
    ],
    (Code.SCRIPTS, "fa-af"): [
        ("Ask by SMS.", "از راه SMS بپرسید."),
        ("Open the PDF file.", "فایل PDF را باز کنید."),
        ("The Wi-Fi is free.", "Wi-Fi رایگان است."),
    ],
    (Code.DOUBLED, "ru"): [
        ("Yes, yes, we wait.", "Да да, мы ждём."),
        ("Very, very slowly", "Очень очень медленно"),
    ],
    (Code.DOUBLED, "tg"): [("Step by step", "Кам кам"), ("One by one they left.", "Як як рафтанд.")],
    (Code.DOUBLED, "fa-af"): [("Step by step", "کم کم"), ("One by one they left.", "یک یک رفتند.")],
    (Code.PUNCTUATION, "ru"): [
        ("She said: “I stay.”", "Она сказала: «Я остаюсь»."),
        ("In 2025", "В 2025 г."),
        ("Who pays for the road?", "Кто платит за дорогу?"),
    ],
    (Code.PUNCTUATION, "tg"): [
        ("She said: “I stay.”", "Ӯ гуфт: «Мемонам»."),
        ("More than 5 thousand", "Зиёда аз 5 ҳаз."),
        ("Who pays for the road?", "Роҳкиро кӣ медиҳад?"),
    ],
    (Code.PUNCTUATION, "fa-af"): [
        ("She said: “I stay.”", "او گفت: «می‌مانم.»"),
        ("Who pays for the road?", "مصرف راه را چه کسی می‌دهد؟"),
        ("Bread, water; tea", "نان، آب؛ چای"),
    ],
    (Code.FIGURES, "ru"): [
        ("The bus leaves at 6:10.", "Автобус уходит в десять минут седьмого."),
        ("The bus leaves at ten past six.", "Автобус уходит в десять минут седьмого."),
        ("The 3 buses leave at 6:55 pm.", "3 автобуса уходят без пяти семь вечера."),
        ("At 6:30, 3 women", "В половине седьмого 3 женщины"),
        ("At half past six, 3 women", "В половине седьмого 3 женщины"),
        ("At 12:25 pm", "В двадцать пять минут первого"),
        ("A quarter to seven, 3 women", "Без четверти семь, 3 женщины"),
        ("At 6:15", "В четверть седьмого"),
        ("At 12:50 pm", "Без 10 час"),
        ("Half of the first 20 women", "Половина первых 20 женщин"),
        ("Five to seven women came at 9.", "От пяти до семи женщин пришли в 9."),
        ("Open at 17:30", "Открыто в 17.30"),
        ("Open at 5.30 pm", "Открыто в 17:30"),
        ("Open 9am-5pm", "Открыто с 9 до 17"),
        ("Open 10 a.m.–4 p.m., 3 rooms", "Открыто 10:00–16:00, 3 комнаты"),
        ("One in two women came.", "Пришла половина женщин."),
        ("In the first half of 2025, 20 women", "В первом полугодии 2025 года 20 женщин"),
        ("World War I, 3 books", "Первая мировая война, 3 книги"),
        ("Within 24 hours, 3 calls", "За сутки 3 звонка"),
        ("Version 5.3 of 7", "Версия 5.3 из 7"),
        ("5.25 metres", "5,25 метра"),
        ("Open at 17:00", "Открыто в 17.00"),
        ("A year and a half, 3 women", "Полтора года, 3 женщины"),
        ("Between 1 and 1.5 million", "От одного до полутора миллионов"),
        ("In the second quarter of 2025", "Во втором квартале 2025 года"),
        ("Two nights, 10 women", "Две ночи, 10 женщин"),
        (
            "On the evening of 30 July 2025, 12 women called 1313.",
            "Вечером 30 июля 2025 года 12 женщин позвонили по номеру 1313.",
        ),
        ("After 3 p.m. on 5 May 2025", "После 15 часов 5 мая 2025 года"),
        ("6 days and 5 nights", "6 дней и 5 ночей"),
        ("From 8:30 to 12:00 and from 1 to 5 pm", "С 8:30 до 12:00 и с 13 до 17"),
        ("Monday to Friday, 8 a.m. to 5 p.m.", "С понедельника по пятницу, с 8:00 до 17:00"),
        ("IPCC AR6 WG III, Chapter 5", "МГЭИК, ДО6, РГ III, глава 5"),
        ("Call 1313, 24 hours a day", "Звоните 1313 круглосуточно"),
        ("Call 1313, 24/7", "Звоните 1313 круглосуточно"),
        ("Call 1313, 24/7", "Звоните 1313, 24 часа, 7 дней в неделю"),
        ("Call 1313, 24/7", "Звоните 1313 (24/7)"),
        ("1/2 of 10 women", "½ из 10 женщин"),
        ("1/2 of 10 women", "Половина из 10 женщин"),
        ("3/4 of 10 women", "Три четверти из 10 женщин"),
        ("On 5/6 May, 3 women", "5–6 мая, 3 женщины"),
        ("Open at 5 pm", "Открыто в 17:00"),
        ("Open at 5 pm", "Открыто в 17 часов"),
        ("Open at 5 pm", "Открыто в 5 вечера"),
        ("Open at 5 pm", "Открыто в 5 часов вечера"),
        ("Open at 5 pm", "Открыто в пять вечера"),
        ("Open at 5 pm", "Вечером, в 5, открыто"),
        ("Open at 3 pm", "Открыто в 3 часа дня"),
        ("Open at 9 am", "Открыто в 9:00"),
        ("Open at 9 am", "Открыто в 9"),
        ("3 days of 10 nights", "3 дня из 10 ночей"),
        ("2 nights", "2 ночи"),
        ("At 10 at night", "В 22:00"),
        ("At 12 a.m.", "В 0:00"),
        ("At 12 pm", "В 12 дня"),
        ("From 5 to 7 pm", "С 17 до 19"),
        ("From 5 to 7 pm", "С 5 до 7 вечера"),
        ("From 5–7 p.m.", "С 17:00 до 19:00"),
        ("From 9 am to 5 pm", "С 9 до 17"),
        ("In the evening, 5,000 people and 5 million others", "Вечером 5000 человек и 5 млн других"),
        ("In the evening of 5 May", "Вечером 5 мая"),
        ("From 8 in the morning to 6 in the evening", "С 8 утра до 6 вечера"),
        ("At five in the evening", "В 17:00"),
        ("One evening, two women came at 9.", "Однажды вечером две женщины пришли в 9."),
        ("½ of the women", "Половина женщин"),
        ("¾ of 20 women", "Три четверти из 20 женщин"),
        ("A quarter of the women", "Каждая четвёртая женщина"),
        ("Half of 20", "50 % из 20"),
        ("1½ hours of 20", "Полтора часа из 20"),
        ("1.5 million people in 2024", "Полтора миллиона человек в 2024 году"),
        ("500,000 people in 2024", "Полмиллиона человек в 2024 году"),
        ("Two and a half million in 2024", "2,5 млн в 2024 году"),
        ("Half an hour, two women", "Полчаса, две женщины"),
        ("Chapter IV", "Глава IV"),
        ("Chapter IV", "Глава четвёртая"),
        ("Part I", "Часть первая"),
        ("I met the President of Chapter X.", "Глава X, и я был там."),
        ("One in three", "Каждый третий"),
        ("Forty-three young leaders", "43 молодых лидера"),
        ("In the 21st century", "В XXI веке"),
        ("From 5 p.m. to 7:30 p.m.", "С 17:00 до 19:30"),
        ("Twice 1,500 dollars", "Дважды по 1,5 тыс. долларов"),
        ("300 of 1,000 people", "Триста из 1000 человек"),
        ("500 of 1,000", "пятьсот из 1000"),
        ("120 of 1,000", "сто двадцать из 1000"),
        ("Between two and three hundred of 1,000", "От двух до трёхсот из 1000"),
        ("One hundred and twenty-five thousand", "125 тысяч"),
        ("Fifty thousand", "50 000"),
        ("2,300,000 in 2024", "Два миллиона триста тысяч в 2024 году"),
        ("5 m² of garden", "5 м2 сада"),
        ("One of them has two children.", "У неё двое детей."),
        ("It was -5 outside.", "Было 5 градусов мороза."),
        ("At 5 -10 desks", "За 5–10 столами"),
    ],
    (Code.FIGURES, "tg"): [
        ("Open at 17:30", "Соати 17.30 кушода мешавад"),
        ("In the first half of 2025", "Дар нимсолаи якуми соли 2025"),
        ("A year and a half, 3 women", "Якуним сол, 3 зан"),
        ("Call 1313, 24 hours a day", "Ба 1313 шабонарӯзӣ занг занед"),
        ("Open at 5 pm", "Соати 5-и бегоҳ кушода мешавад"),
        ("Open at 5 pm", "Соати 17:00 кушода мешавад"),
        ("Open at 5 pm", "Соати 5 баъд аз нисфирӯзӣ"),
        ("Open at 8 am", "Соати 8-и пагоҳӣ"),
        ("10 nights", "10 шаб"),
        ("½ of the women", "Нисфи занон"),
        ("1.5 million people in 2024", "Якуним миллион нафар дар соли 2024"),
        ("1.5 million people in 2024", "Яку ним миллион нафар дар соли 2024"),
        ("500,000 people in 2024", "Ним миллион нафар дар соли 2024"),
        ("A quarter of 20", "Чоряки 20"),
        ("Chapter IV", "Боби чорум"),
        ("Part I", "Қисми 1"),
        ("On 30 July 2026", "8 асади соли 1405"),
        ("One in three", "Ҳар сеюм"),
        ("Forty-three young leaders", "Чилу се фаъоли ҷавон"),
        ("In the 21st century", "Дар асри XXI"),
        ("From 5 p.m. to 7:30 p.m.", "Аз соати 17:00 то 19:30"),
        ("12th floor", "Ошёнаи 12-ум"),
        ("300 of 1,000", "сесад аз 1000"),
        ("125 of 1,000", "саду бисту панҷ аз 1000"),
        ("A man under twenty-five", "Марди то бисту панҷсола"),
        ("1,540 people in 2024", "Ҳазору панҷсаду чил нафар дар соли 2024"),
    ],
    (Code.FIGURES, "fa-af"): [
        ("By 31 December 2026", "تا ۱۰ جدی ۱۴۰۵"),
        ("On 1 January 2027", "در ۱۱ جدی ۱۴۰۵"),
        ("On 30 and 31 July 2026, 5 women", "در ۸ و ۹ اسد ۱۴۰۵، ۵ زن"),
        ("From 1 to 30 July 2026, 14 women came.", "از ۱۰ سرطان تا ۸ اسد ۱۴۰۵ ۱۴ زن آمدند."),
        ("On 3 March 2026", "در ۱۲ حوت ۱۴۰۴"),
        ("On 30–31 July 2026", "در ۸–۹ اسد ۱۴۰۵"),
        ("In 2026", "در سال ۱۴۰۵ خورشیدی"),
        ("The law of 1383", "قانون سال ۱۳۸۳"),
        ("From 30 July to 2 August 2026", "از ۸ تا ۱۱ اسد ۱۴۰۵"),
        ("From 2020 to 2023", "از سال ۱۳۹۹ تا ۱۴۰۲"),
        ("On Thursday, 30 July 2026", "روز پنجشنبه، ۸ اسد سال ۱۴۰۵"),
        ("On 30 July 2026", "در تاریخ ۸ اسد ۱۴۰۵ هجری شمسی"),
        ("20 serious cases", "۲۰ مورد جدی"),
        ("5 serious cases", "۵ جدی"),
        ("Within 24 hours, 3 calls", "در یک شبانه‌روز ۳ تماس"),
        ("Open at 17:30, 3 rooms", "ساعت پنج و نیم باز است، ۳ اتاق"),
        ("Open at 17:30", "ساعت ۱۷:۳۰"),
        ("Half past five, 3 women", "پنج و نیم بجه، ۳ زن"),
        ("On the evening of 30 July 2025, 12 women called 1313.", "شام ۳۰ جولای ۲۰۲۵، ۱۲ زن به ۱۳۱۳ زنگ زدند."),
        ("Section 3/2 of 10", "بخش ۳/۲ از ۱۰"),
        ("50,000 people in 2024", "۵۰،۰۰۰ تن در ۲۰۲۴"),
        ("5, 10 or 200 people", "۵، ۱۰ یا ۲۰۰ تن"),
        ("1.5 metres of 3", "۱/۵ متر از ۳"),
        ("1.5 million of 3 million", "۱/۵ میلیون از ۳ میلیون"),
        ("17:30, in 2 rooms", "ساعت ۵:۳۰ بعد از ظهر، در ۲ اتاق"),
        ("Call 1313, 24 hours a day", "به ۱۳۱۳ شبانه‌روزی زنگ بزنید"),
        ("page 1/2", "صفحهٔ ۱/۲"),
        ("Open at 17:30", "ساعت ۵:۳۰ بعد از ظهر باز است"),
        ("Open at 5 pm", "بعد از ظهر ساعت ۵ باز است"),
        ("Open at 5 pm", "ساعت ۵ عصر"),
        ("Open at 5 pm", "ساعت ۵ بجه شام"),
        ("10 nights", "۱۰ شب"),
        ("From 5 to 7 pm", "از ۵ تا ۷ شام"),
        ("From 8 am to 4 pm", "از ۸ صبح تا ۴ بعد از ظهر"),
        ("½ of the women", "نصف زنان"),
        ("1.5 million people in 2024", "یک و نیم میلیون تن در ۲۰۲۴"),
        ("1.5 million people in 2024", "یک‌ونیم میلیون تن در ۲۰۲۴"),
        ("500,000 people in 2024", "نیم میلیون تن در ۲۰۲۴"),
        ("A quarter of 20", "ربع ۲۰"),
        ("Chapter IV", "فصل چهارم"),
        ("Part I", "بخش اول"),
        ("Call 1313", "به ۱۳۱۳ زنگ بزنید"),
        ("Forty-three young leaders", "چهل و سه رهبر جوان"),
        ("In the 21st century", "در قرن ۲۱"),
        ("From 5 p.m. to 7:30 p.m.", "از ۱۷:۰۰ تا ۱۹:۳۰"),
        ("30 July 2027", "۳۰ جولای ۲۰۲۷ (۸ اسد ۱۴۰۶)"),
        ("On 30 July 2026, 25 women came.", "در ۸ اسد ۱۴۰۵، ۲۵ زن آمدند."),
        ("On 30 July, 25 women came.", "در ۸ اسد ۲۵ زن آمدند."),
        ("In July 2026", "در اسد ۱۴۰۵"),
        ("In 2026", "در سال ۱۴۰۵"),
        ("On 30 July 2026", "در ۱۴۰۵/۵/۸"),
        ("By 20 March 2025", "تا ۳۰ حوت ۱۴۰۳"),
        ("5 arrows hit him.", "۵ تیر به او خورد."),
        ("On 8 Asad 1405 (30 July 2026)", "در ۳۰ جولای ۲۰۲۶"),
        ("600 of 1,000", "ششصد از ۱۰۰۰"),
        ("300 of 1,000", "سه‌صد از ۱۰۰۰"),
        ("1,520 people in 2024", "یک هزار و پنجصد و بیست تن در ۲۰۲۴"),
        ("One of the two is not here.", "یکی از دو تن نه این‌جاست."),
        ("Between 200 and 300 of 1,000", "بین دو صد و سه صد از ۱۰۰۰"),
    ],
    (Code.DATES, "fa-af"): [
        ("On 30 July 2027", "در ۸ اسد ۱۴۰۶"),
        ("He may come.", "او می‌آید."),
        ("In May they came back.", "در ماه می برگشتند."),
        ("In July, many came.", "در ماه اسد کسان زیادی آمدند."),
    ],
    (Code.URLS, "ru"): [
        ("See tajikistan.iom.int/en/help.", "Смотрите https://tajikistan.iom.int/ru/help."),
        ("He came.Then he left.", "Он пришёл. Потом ушёл."),
    ],
    (Code.URLS, "tg"): [("See iom.int", "iom.int-ро бинед")],
    (Code.URLS, "fa-af"): [("Go to iom.int/help", "به iom.int/help، بروید")],
    (Code.PLACEHOLDERS, "ru"): [
        ("65% save money.", "65 % делают сбережения."),
        ("From 100% down to 50%", "От 100% до 50%"),
        ("The set {1, 2, 3}", "Множество {1; 2; 3}"),
    ],
    (Code.PLACEHOLDERS, "tg"): [
        ("65% save money.", "65 % пул ҷамъ мекунанд."),
        ("From 100% down to 50%", "Аз 100% то 50%"),
        ("The set {1, 2, 3}", "Маҷмӯи {1; 2; 3}"),
    ],
    (Code.PLACEHOLDERS, "fa-af"): [
        ("65% save money.", "۶۵٪ پس‌انداز می‌کنند."),
        ("From 100% down to 50%", "از ۱۰۰٪ تا ۵۰٪"),
        ("The set {1, 2, 3}", "مجموعهٔ {۱، ۲، ۳}"),
    ],
    (Code.DATES, "ru"): [
        ("In July, he may march.", "В июле он может идти."),
        ("3 may be enough.", "Хватит и 3."),
        ("On 07/08/2025", "08.07.2025"),
    ],
    (Code.DATES, "tg"): [("3 may be enough.", "3-то бас аст."), ("On 07/08/2025", "08.07.2025")],
}
# Mistakes beside those in the thirty sentences.
ALSO_WRONG: dict[tuple[Code, str], list[tuple[str, str]]] = {
    (Code.TELEPHONES, "fa-af"): [
        ("00992 44 600 0000", "+992 44 600 0001"),
    ],
    (Code.TELEPHONES, "tg"): [
        ("00992 44 600 0000", "+992 44 600 0001"),
    ],
    (Code.TELEPHONES, "ru"): [
        ("00992 44 600 0000", "+992 44 600 0001"),
    ],
    (Code.SCRIPTS, "tg"): [
        ("She left with him.", "Вай бо падар y модар рафт."),
    ],
    (Code.SCRIPTS, "ru"): [
        ("She went home with him.", "Она ушла домой c ним."),
        ("He asked a woman, and she left.", "Он спросил, a она ушла."),
        ("With him, we stay.", "C ним мы останемся."),
        ("In Dushanbe", "B Душанбе"),
        ("We came. On the road, it rained.", "Мы пришли. O дороге мы молчали."),
    ],
    (Code.FIGURES, "ru"): [
        ("The bus leaves at 6:10.", "Автобус уходит в двадцать минут седьмого."),
        ("The bus leaves at 6:10.", "Автобус уходит в десять минут шестого."),
        ("At ten past six, 3 women", "В двадцать минут седьмого 3 женщины"),
        ("At 6:55 pm", "Без пяти семь утра"),
        ("At 6:30, 3 women", "В половине восьмого 3 женщины"),
        ("Call by 5 pm on 30 July 2026.", "Звоните до 5 утра 30 июля 2026 года."),
        ("Open at 5.30 pm", "Открыто в 5.30"),
        ("Call 1313, 24/7", "Звоните 1313, 24/6"),
        ("Open at 5 pm", "Открыто в 5:00"),
        ("Open at 5 pm", "Открыто в 5 утра"),
        ("Open at 5 am", "Открыто в 5 вечера"),
        ("Open at 5:30 pm", "Открыто в 5:30"),
        ("Open at 5:30 pm", "Открыто в 5:30 утра"),
        ("Open from 9 am", "Открыто с 9 часов вечера"),
        ("15 days", "3 дня"),
        ("At 10 at night", "В 10 утра"),
        ("½ of the women", "¼ женщин"),
        ("1½ hours", "2½ часа"),
        ("Half of the women", "Четверть женщин"),
        ("Two thirds of the women", "Две четверти женщин"),
        ("1.5 million people", "Два с половиной миллиона человек"),
        ("Thirty-two teachers", "Тридцать один учитель в школе 6"),
        ("Chapter IV", "Глава VI"),
        ("Article IV of the law", "Статья VI закона"),
        ("Part I", "Часть II"),
        ("Chapter IV", "Глава шестая"),
        ("Five thousand people", "Пятьсот человек"),
        ("Five women and 12 men", "Семь женщин и 12 мужчин"),
        ("300 of 1,000 people", "Четыреста из 1000 человек"),
        ("It was -5 outside.", "Снаружи было 5."),
        ("1,500 people", "1.5 человека"),
    ],
    (Code.FIGURES, "tg"): [
        ("From 8 a.m. to 5 p.m.", "Аз соати 8-и бегоҳ то соати 5-и бегоҳ"),
        ("Chapter XII", "Боби XI"),
        ("Half a million people, 3 cities", "Якуним миллион нафар, 3 шаҳр"),
        ("Open at 17:30", "Соати 17.50 кушода мешавад"),
        ("Open at 5 pm", "Соати 5 пагоҳӣ кушода мешавад"),
        ("Open at 5 pm", "Соати 5:00 кушода мешавад"),
        ("½ of the women", "¼ занон"),
        ("Half of the women", "Чоряки занон"),
        ("1.5 million people", "Дуюним миллион нафар"),
        ("Thirty-two teachers", "Сию як муаллим дар мактаби 6"),
        ("Chapter IV", "Боби VI"),
        ("Part I", "Қисми II"),
        ("Five thousand people", "Панҷсад нафар"),
        ("Five women and 12 men", "Ҳафт зан ва 12 мард"),
        ("300 of 1,000", "чорсад аз 1000"),
    ],
    (Code.FIGURES, "fa-af"): [
        ("By 31 December 2026", "تا ۱۱ جدی ۱۴۰۵"),
        ("On 1 January 2027", "در ۱۰ جدی ۱۴۰۵"),
        ("Between 1 and 30 July 2026, 14 women came.", "بین ۱۰ سرطان و ۸ اسد ۱۴۰۵ زنان آمدند."),
        ("Chapter XII", "فصل XI"),
        ("A quarter of 40 women", "نصف ۴۰ زن"),
        ("On 30 and 31 July 2026", "در ۸ و ۱۰ اسد ۱۴۰۵"),
        ("From 2020 to 2023", "از سال ۱۳۹۹ تا ۱۴۰۵"),
        ("Half past five, 3 women", "شش و نیم بجه، ۳ زن"),
        ("50,000 people in 2024", "۵،۰۰۰ تن در ۲۰۲۴"),
        ("1.5 metres of 3", "۱/۴ متر از ۳"),
        ("1.5 metres of 3", "۱۵ متر از ۳"),
        ("1313, 24 hours a day", "۱۳۱۴، ۲۴ ساعت"),
        ("Open at 5 pm", "ساعت ۵ صبح باز است"),
        ("Open at 17:30", "ساعت ۵:۳۰ صبح باز است"),
        ("Open at 5 pm", "ساعت ۵:۰۰ باز است"),
        ("½ of the women", "¼ زنان"),
        ("Half of the women", "ربع زنان"),
        ("1.5 million people", "دو و نیم میلیون تن"),
        ("Thirty-two teachers", "سی و یک معلم (مکتب ۵)"),
        ("Chapter IV", "فصل ششم"),
        ("Part I", "بخش II"),
        ("Five thousand people", "پنجصد نفر"),
        ("Five women and 12 men", "هفت زن و ۱۲ مرد"),
        ("300 of 1,000", "چهارصد از ۱۰۰۰"),
        ("On 30 July 2026 we paid 14 somoni.", "ما در ۸ اسد ۱۴۰۵ پرداختیم."),
        ("On 30 July 2026, 25 women came.", "در ۸ اسد ۱۴۰۵ زنان آمدند."),
        ("On 30 July 2026, 5 of 9 women came.", "در ۸ اسد ۱۴۰۵ زنان آمدند."),
        ("On 30 July 2026, 5,000 women came.", "در ۸ اسد ۱۴۰۵ زنان آمدند."),
        ("On 30 July 2026", "در ۹ اسد ۱۴۰۵"),
        ("On 30 July 2026", "در ۸ اسد ۱۴۰۶"),
        ("On 30 July 2027", "۳۰ جولای ۲۰۲۷ (۹ اسد ۱۴۰۶)"),
        ("By 20 March 2025", "تا ۲۹ حوت ۱۴۰۳"),
        ("In 2026", "در سال ۱۴۰۲"),
    ],
    (Code.URLS, "ru"): [
        ("Go to iom.int/help", "Зайдите на iom.int/hepl"),
        ("See www.iom.int/a", "Смотри www.iom.int/A"),
    ],
    (Code.URLS, "tg"): [("Go to iom.int/help", "Ба iom.int/hepl дароед")],
    (Code.URLS, "fa-af"): [("Go to iom.int/help", "به iom.int/hepl بروید")],
    (Code.DATES, "ru"): [("In July, many came.", "В июне многие пришли."), ("In May we go.", "В марте мы едем.")],
    (Code.DATES, "tg"): [("In July, many came.", "Дар моҳи июн бисёриҳо омаданд.")],
    (Code.DATES, "fa-af"): [
        ("In July, many came.", "در ماه جون کسان زیادی آمدند."),
        ("On 30 July 2026", "در ۸ سنبله ۱۴۰۵"),
        ("In July 2026", "در میزان ۱۴۰۵"),
    ],
}
