"""Words in quotation marks that are certainly not speech: buttons, terms of a law, proverbs.

Each is an exception from a check that protects people, so each covers a closed set of words; everything else
counts as possible speech.
"""

import re

from core.quotations.words import bare_words, fold

_BUTTON = re.compile(
    r"(?<!\w)(?:press|click|tap|choose|select|button|link|labelled|labeled|menu item|нажмите|нажать|выберите"
    r"|кнопк\w*|ссылк\w*"
    r"|тугма\w*|пахш кунед|пайванд\w*|دکمه\w*|کلیک|فشار دهید|پیوند)(?:\s(?:on|the|button|на|кнопку|ро"
    r"|را))*\s*[:—–-]?\s*$"
)
_BUTTON_AFTER = re.compile(r"^\s?(?:button|link|кнопк\w*|тугма\w*|ро пахш|را فشار|را کلیک|دکمه)(?!\w)")
_ABOUT_US = re.compile(
    r"^(?:about us|contact us|(?:who|what|how|where) we (?:are|do|work)|кто мы|о нас|что мы делаем|как мы работаем"
    r"|мо кистем|дар бораи мо|در ?باره ما|ما کی هستیم)$"
)
# The commands on buttons. In Tajik and Dari the verb is the last word.
_COMMAND = re.compile(
    r"^(?:show|call|contact|send|open|close|download|read|write|find|get|start|next|back|continue|cancel|confirm"
    r"|search|share|save|print|subscribe|sign|log|play|stop|listen|watch|yes|no|ok|more"
    r"|позвон\w+|напи[сш]\w+|отправ\w+|откр\w+|закр\w+|скача\w+|чита\w+|найти|начать|далее|дальше|назад|отмен\w+"
    r"|подтверд\w+|искать|подел\w+|сохран\w+|печат\w+|подпис\w+|войти|покаж\w+|показать|слуша\w+|смотр\w+|да|нет)"
    r"(?!\w)"
    r"|(?<!\w)(?:занг занед|фиристед|нависед|кушоед|пушед|бинед|хонед|чуед|ефтан|чоп кунед|нигох доред|гуш кунед"
    r"|зنг بزنید|بزنید|بفرستید|بنویسید|باز کنید|ببینید|بخوانید|جستجو|چاپ کنید|ذخیره کنید|گوش کنید)$"
)
_DEFINITION = re.compile(
    r"(?<!\w)(?:means?|defin(?:es|ed|ing|ition)\w*|articles?\s\d+|term|определя\w+|определен\w+|понима\w+"
    r"|означа\w+|стать[яеию]\s\d+|термин\w*|таъриф\w*|ифода\w*|фахмида|модда\w*\s\d+"
    r"|تعریف\w*|معنی|معنای|ماده\s[\d۰-۹]+)"
    r"(?!\w)[^.!?؟]{0,60}$"
)
_DEFINED_AFTER = re.compile(r"^\s?(?:means?|is defined|shall mean|означа\w+|понима\w+|маънои|به معنی)(?!\w)")
_PROVERB = re.compile(
    r"(?<!\w)(?:proverbs?|as the saying goes|пословиц\w*|поговорк\w*|зарбулмасал\w*|макол\w{0,2}"
    r"|ضرب ?المثل\w*|مقوله)(?!\w)"
)
_THIS_ONE = re.compile(
    r"(?<!\w)(?:this|that|these|those|here|эт[аио]\w*|то[тй]|того|тому|тех|та|те|здесь|там|ин|он"
    r"|این|آن|اینجا|آنجا)(?!\w)"
)
_KNOWN_PROVERBS = frozenset(
    bare_words(fold(proverb))
    for proverb in (
        "A guest is dearer than a father",
        "A friend in need is a friend indeed",
        "A friend is known in trouble",
        "Better late than never",
        "One hand does not clap",
        "Prevention is better than cure",
        "Гость дороже отца",
        "Друзья познаются в беде",
        "Друг познаётся в беде",
        "Лучше один раз увидеть, чем сто раз услышать",
        "Лучше поздно, чем никогда",
        "Доверяй, но проверяй",
        "Меҳмон азизтар аз падар аст",
        "Аз як даст садо намебарояд",
        "Дӯст дар рӯзи сахт маълум мешавад",
        "مهمان از پدر عزیزتر است",
        "مهمان حبیب خداست",
        "از یک دست صدا برنمی‌آید",
    )
)


def is_about_us(text: str) -> bool:
    """Return whether a folded text is the title of an "About us" page."""
    return bool(_ABOUT_US.match(text))


def is_button(text: str, before: str, after: str) -> bool:
    """Return whether a folded text has a command, such as "show", and the folded texts before or after it call it
    a button."""
    return bool(_COMMAND.search(text)) and bool(_BUTTON.search(before) or _BUTTON_AFTER.match(after))


def is_definition(before: str, after: str) -> bool:
    """Return whether the folded texts before or after quoted words say that these are a term being defined."""
    return bool(_DEFINITION.search(before) or _DEFINED_AFTER.match(after))


def is_known_proverb(text: str) -> bool:
    """Return whether a folded text is one of the proverbs listed here."""
    return bare_words(text) in _KNOWN_PROVERBS


def is_called_proverb(text: str, beside: str) -> bool:
    """Return whether the folded words beside a folded text call it a proverb, and the text has no words that point
    at something particular, such as "this" or "here"."""
    return bool(_PROVERB.search(beside)) and not _THIS_ONE.search(text)
