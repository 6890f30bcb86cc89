"""Recognition of persons in folded text (see `core.quotations.words.fold`) in any of the site's languages: whether
the words are in the first or second person, or tell what was done to somebody."""

import re

_FIRST_PERSON_WORDS = re.compile(
    r"(?<!\w)(?:i|i['’](?:m|ve|d|ll)|me|my|mine|myself|we|we['’](?:re|ve|d|ll)|us|our|ours|ourselves"
    r"|я|мне|меня|мной|мною|мой|мои|моя|мое|моего|моей|моему|моим|моих|мою|моими|моем|мы|нас|нам|нами"
    r"|наш\w{0,3}"
    r"|ман|маро|мо|моро|манро|ба ман|аз ман|худам|худамон|бароям|бароямон|(?:пад|мод|бароду?|хох|шавх|духт"
    r"|пис)арам"
    r"|من|مرا|ما|ماست|مان|خودم|خودمان|برایم|برایمان|مادرم|پدرم|برادرم|خواهرم|شوهرم|دخترم|پسرم)(?!\w)"
)
_NO_PERSON = (
    r"мардум|одам|кадам|гандум|хафтум|хаштум|олам|мохтарам|байрам|салам|салом|карам|адам|"
    r"مردم|آدم|قدم|گندم|هفتم|هشتم|دهم|عدم|همدم|خادم|مقدم|تقدم|صدم|نادم|متقدم|رستم|سیستم|ستم|ماتم|حاتم|خاتم|ختم"
)
_FIRST_PERSON_VERB = re.compile(
    rf"(?<!\w)(?!(?:{_NO_PERSON})(?!\w))(?:(?:на)?ме\w{{2,}}(?:ам|ем)|\w{{2,}}[дт](?:ам|ем)|\w{{2,}}аам"
    r"|ن?می ?\w{2,}(?:م|یم)|\w{2,}[دت]ه? ?(?:م|ام|یم|ایم)|هستم|هستیم|نیستم|نیستیم|بودم|شدم)(?!\w)"
)
_FIRST_PERSON_VERB_RU = re.compile(
    r"(?<!\w)(?:хочу|могу|буду|иду|бегу|живу|зову|прошу|пишу|вижу|слышу|ненавижу|плачу|молчу|ищу|жду|терплю"
    r"|кричу"
    r"|лечу|помогу|скажу|расскажу|найду|уйду|приду|люблю|сплю|боюсь|верю|учусь|вернусь|остаюсь|держусь|молюсь"
    r"|горжусь"
    r"|хотим|живем|ждем|просим|верим|едем|идем|можем|сидим|молчим|боимся|вернемся"
    r"|\w{2,}(?:аю|яю)(?:сь)?|\w{2,}(?:аем|яем)(?:ся)?)(?!\w)"
)
# Nouns with the same endings as verbs in the first person.
_NOUNS_RU = re.compile(
    r"^(?:предмет|объект|субъект|проект|комитет|совет|результат|документ|студент|агент|эксперт|год|город"
    r"|народ|труд)(?:ам|ем)$"
    r"|^(?:случа|кра|обыча|ча|урожа|стаю|сваю)(?:ем|ю)?$"
)
_SECOND_PERSON = re.compile(
    r"(?<!\w)(?:you|your|yours|yourself|you['’](?:re|ve|d|ll)|ты|тебя|тебе|тобой|твой|твои|твоя|твое|твою"
    r"|твоего|твоей"
    r"|вы|вас|вам|вами|ваш\w{0,3}|ту|туро|худат|шумо|шуморо|تو|ترا|تورا|خودت|شما)(?!\w)"
)
_OBJECT = re.compile(
    r"(?<!\w)(?:me|us|меня|мне|мной|нас|нам|нами|маро|моро|манро|ба ман|аз ман|ба мо|аз мо"
    r"|مرا|من را|ما را|به من|از من|به ما|از ما)(?!\w)"
)
_PROHIBITION = re.compile(
    r"(?<!\w)(?:don['’]?t|do not|never tell|не (?!\w*[тч]ь)\w+(?:й|йте|и|ите|ь|ьте)(?:сь|ся)?"
    r"|на(?:кун|зан|рав|гу|гузор|дех|бар|фуруш|тарс|хур|гир|куш|кушо|чу|пурс|бин|барор|кашо|шин|хон|ист)(?:ед"
    r"|о|и)?"
    r"|ن(?:کن|زن|رو|گو|گذار|ده|بر|فروش|ترس|خور|گیر|خواه|شو|کش|گشا|پرس|بین|پال|یا)(?:ید)?)(?!\w)"
)
_REQUEST = re.compile(
    r"^(?:\w+, )?(?:please|help|let me|let us|run|come|go|tell|give|leave|stay|wait|take|hide|bring|save"
    r"|forgive"
    r"|\w{1,}(?:ай|яй|уй|ей|йте|ите|ьте)(?:сь|ся)?|беги|помоги|спаси|уйди|иди|жди|прости|вернись|приди|забери|расскажи|возьми|послушай|отпусти|оставь|молчи"
    r"|поверь"
    r"|(?:\w+ ){0,4}(?:кун|кунед|бидон|бидонед|бирав|биравед|бигу|бигуед|бие|биеед|гурез|гурезед|дех|дихед"
    r"|монед)"
    r"|(?:\w+ ){0,4}(?:کن|کنید|بدان|بدانید|برو|بروید|بگو|بگویید|بیا|بیایید|بدو|بگریز|بده|بدهید|بگذارید))(?!\w)"
)
_VIOLENT = re.compile(
    r"(?<!\w)(?:sold|beat|beats|beaten|raped|rapes|killed|kills|hit|hits|hurt|hurts|locked|chained|tortured"
    r"|burned"
    r"|burnt|stabbed|strangled|threatened|starved|whipped|kicked"
    r"|(?:из)?бил[аио]?|бьет|бьют|бей|ударил\w*|избивал\w*|насиловал\w*|изнасиловал\w*|убил[аио]?|убьет"
    r"|убивал\w*"
    r"|прода(?:л[аио]?|вал\w*|ли)|запер(?:л\w+)?|запирал\w*|держал[аио]?|душил\w*|угрожал\w*|жгл[аио]"
    r"|пытал[аи]?"
    r"|(?:ме)?фурухт(?:анд|аанд)?|мезад(?:анд)?|занад|мезанад|мезананд|куштанд|кушт|мекушад|сузонд(?:анд)?"
    r"|латту куб"
    r"|فروخت|فروختند|می ?زد|می ?زدند|زدند|می ?زند|کشت|کشتند|می ?کشد|تجاوز کرد\w*|لت و کوب|سوختاند\w*)(?!\w)"
)
_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|did|didn['’]t|wasn['’]t|weren['’]t|couldn['’]t|went|came|gave|took|told|made"
    r"|left|knew|saw|ran|lost"
    r"|brought|began|fell|slept|hid|(?:he|she|they|it|who|nobody|everyone|everybody|somebody)\s\w{2,}ed"
    r"|\w{2,}[аеиоуыя](?:л|ла|ло|ли)(?:с[яь])?|(?:на)?(?:ме)?\w{2,}(?:данд|танд|дем|тем|дам|там)"
    r"|(?:на)?(?:ме)?(?:кард|дод|гирифт|фурухт|бурд|зад|омад|рафт|дид|монд|овард|гузошт|кушт|харид)"
    r"|(?:ن|می ?|نمی ?)?\w{2,}(?:ادند|ودند|ردند|دند|تند)"
    r"|(?:ن|می ?|نمی ?)?(?:کرد|داد|رفت|گرفت|فروخت|برد|زد|آمد|دید|ماند|آورد|گذاشت|کشت|خرید))(?!\w)"
)
_PAST_NOUNS = re.compile(
    r"^(?:школа|сила|начал[ао]|дел[аои]|тел[аои]|числ[ао]|правил[ао]|села|если|или|цели|роли|недели|мысли"
    r"|модели|земли"
    r"|дали|семьи|доли|учителя?|материал|портал|канал|журнал|персонал|потенциал|филиал|сигнал|идеал|зал|стол"
    r"|пол|угол"
    r"|футбол|родител[иья]|жител[иья]|капитал|капели|соли|кабул|пул|аввал|сол|мисол|хол|масъул|усул|аъмол|феъл|савол|манзил"
    r"|мушкил|тахсил|хосил|тахлил|ташкил|табдил|далел|асал|нихол|эхтимол|истиклол|амал|газал|масал|сохил|кабил"
    r"|раздел\w?|отдел\w?|предел\w?|вокзал\w?|финал\w?|протокол\w?|символ\w?|уголок|скала|шкала|зеркало|стекло|тепло|крыло"
    r"|мыло|масл[ао]|апрел[ьяе]|боли|пыли|печали|детали|медали|мигрантка)$"
)
_KIN = (
    r"(?:grand|step)?(?:mother|father)|mum|mom|dad|daddy|uncle|aunt|brother|sister|husband|boss|foreman|owner|master"
    r"|мать|мама|отец|папа|отчим|мачеха|дядя|тетя|брат|сестра|муж|хозяин|хозяйка|начальник|бригадир|дед|бабушка"
    r"|падар\w{0,3}|модар\w{0,3}|амак\w{0,3}|таго\w{0,3}|бародар\w{0,3}|апа\w{0,3}|хохар\w{0,3}|шавхар\w{0,3}"
    r"|сохибкор\w{0,2}|сардор\w{0,2}|پدر\w?|مادر\w?|کاکا\w{0,2}|ماما|برادر\w?|خواهر\w?|شوهر\w?|صاحب ?کار|سرکارگر"
)
_KIN_ACT = re.compile(
    rf"(?<!\w)(?:{_KIN})(?!\w)(?:\s\w+){{0,1}}\s(?:\w{{2,}}(?:s|ed)|[а-я]{{2,}}(?:ет|ит|ал|ил|ел|ла)|(?:на)?ме\w{{2,}}ад"
    r"|ن?می ?\w{2,})(?!\w)"
)
_THIRD_PERSON = re.compile(
    r"(?<!\w)(?:he|she|they|him|her|them|он|она|они|его|ее|их|ему|ей|у|онхо|вай|уро|онхоро|او|آنها|آنان|وی"
    r"|او را)(?!\w)"
)


def is_first_person(text: str) -> bool:
    """Return whether the text is in the first person, singular or plural: by a pronoun or possessive, or the
    ending of a verb."""
    if _FIRST_PERSON_WORDS.search(text):
        return True
    verbs = (*_FIRST_PERSON_VERB.finditer(text), *_FIRST_PERSON_VERB_RU.finditer(text))
    return any(not _NOUNS_RU.search(verb.group()) for verb in verbs)


def is_personal(text: str) -> bool:
    """Return whether the text is in the first person or has a pronoun of the second person."""
    return is_first_person(text) or bool(_SECOND_PERSON.search(text))


def is_prohibition(text: str) -> bool:
    """Return whether the text has, anywhere in it, "don't", "do not", "never tell", or in another language what
    looks like a negated imperative. Other words such as "must not" do not count."""
    return bool(_PROHIBITION.search(text))


def is_request(text: str) -> bool:
    """Return whether the text tells somebody not to do something, or begins by telling somebody to do
    something."""
    return is_prohibition(text) or bool(_REQUEST.match(text))


def is_violent(text: str) -> bool:
    """Return whether the text tells of violence that somebody does or did."""
    return bool(_VIOLENT.search(text))


def is_past(text: str) -> bool:
    """Return whether the text has a verb in the past tense, as far as endings tell."""
    return any(not _PAST_NOUNS.match(verb.group()) for verb in _PAST.finditer(text))


def tells_of_kin(text: str) -> bool:
    """Return whether the text tells what a relative or an employer does."""
    return bool(_KIN_ACT.search(text))


def is_told(text: str) -> bool:
    """Return whether the text has a prohibition or words of violence, or is in the first person and tells of the
    past or of something done to the speaker. Such words are never a name."""
    if is_prohibition(text) or is_violent(text):
        return True
    return is_first_person(text) and bool(_OBJECT.search(text) or is_past(text))


def is_narrative(text: str) -> bool:
    """Return whether the text tells of a person: by a pronoun of any person, a verb in the first person, a past
    tense or violence."""
    return is_personal(text) or is_past(text) or is_violent(text) or bool(_THIRD_PERSON.search(text))
