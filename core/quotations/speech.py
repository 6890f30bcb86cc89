"""Words that distinguish speech from names and titles, in English, Russian, Tajik and Dari.

The patterns match folded text (see `core.quotations.words.fold`): Tajik and Russian with ғ ӣ қ ӯ ҳ ҷ ё as
г и к у х ч е, Dari without joiners and with Persian letters.
"""

import re

from core.quotations.words import words_of


def _any(words: str) -> str:
    """Return a pattern that matches any of the patterns separated by spaces; an underscore in them means a
    space."""
    return "|".join(word.replace("_", " ") for word in words.split())


_VERBS_EN = _any(
    r"""
    said say says saying tell tells told telling adds? added adding notes noted states stated
    explain(?:s|ed|ing)? emphasi[sz](?:es|ed) stress(?:es|ed) highlight(?:s|ed) remark(?:s|ed)
    recall(?:s|ed|ing)? remember(?:s|ed|ing)? shar(?:es|ed|ing) comment(?:s|ed) conclud(?:es|ed)
    continu(?:es|ed) underlin(?:es|ed) underscor(?:es|ed) observ(?:es|ed) declar(?:es|ed) announc(?:es|ed)
    affirm(?:s|ed) reiterat(?:es|ed) urg(?:es|ed) warn(?:s|ed|ing)? writes? wrote written writing
    ask(?:s|ed|ing)? repl(?:y|ies|ied) respond(?:s|ed) answer(?:s|ed|ing)? admit(?:s|ted) reflect(?:s|ed)
    acknowledg(?:es|ed) confirm(?:s|ed) insist(?:s|ed) mention(?:s|ed) point(?:s|ed)_out whisper(?:s|ed|ing)?
    shout(?:s|ed|ing)? scream(?:s|ed|ing)? cr(?:y|ies|ied|ying) sob(?:s|bed|bing)? sigh(?:s|ed) laugh(?:s|ed)
    smil(?:es|ed) murmur(?:s|ed) mutter(?:s|ed) beg(?:s|ged|ging) plead(?:s|ed) call(?:s|ed)_out
    exclaim(?:s|ed) think thinks thought believ(?:es|ed) confess(?:es|ed) confid(?:es|ed) complain(?:s|ed)
    describ(?:es|ed|ing) report(?:s|ed) claim(?:s|ed) argu(?:es|ed) promis(?:es|ed) read reads texted texts
    posted posts typed chant(?:s|ed|ing)? sang sings sing singing recit(?:es|ed) quot(?:es|ed)
    testif(?:ies|ied) stammer(?:s|ed) yell(?:s|ed) wonder(?:s|ed) insisted went_on goes_on went begins began
    according_to in_(?:her|his|their)_words in_the_words_of goes nod(?:s|ded) told_us recount(?:s|ed|ing)?
    narrat(?:es|ed) relat(?:es|ed) repeat(?:s|ed) demand(?:s|ed) joke[sd] heard hears spoke speaks
    reveal(?:s|ed) put_it puts_it
    """
)
_VERBS_RU = _any(
    r"""
    сказ\w+ говор\w+ рассказ\w+ отмет\w+ отмеч\w+ подч[её]рк\w+ добав\w+ заяв\w+ поясн\w+ объясн\w+
    сообщ(?:ил|ает|ают|и)\w* счита(?:ет|ют|л)\w* вспомин\w+ вспомн\w+ помн\w+ призна(?:л|ет|ется|лась|лся|ют)\w*
    призва\w+ напомн\w+ напомин\w+ ответ(?:ил|и)\w* отвеча\w+ продолж(?:ил|ает|и)\w* написа\w+ пишет пишут
    писал\w* спрос\w+ спраш\w+ воскли\w+ крич\w+ крикн\w+ закрич\w+ шепч\w+ шепн\w+ прошепт\w+ шепт\w+
    плач(?:ет|а)\w* заплак\w+ рыда\w+ дел(?:ится|ятся|илась|ился|ились) поделил\w+ замет(?:ил|и)\w* замеча\w+
    утвержда\w+ увер(?:ен|яет|ял)\w* умоля\w+ прос(?:ит|ил)\w* попрос\w+ подума\w+ думал\w* думает
    реш(?:ил)\w* пообеща\w+ обеща\w+ жал(?:уется|овал)\w* повтор(?:яет|ил|ял)\w* цитир\w+ процит\w+
    произн[её]с\w* произнос\w+ молв\w+ промолв\w+ переда[её]т словам словами признани\w+ улыба\w+ улыбн\w+
    засмея\w+ вздох\w+ вздыха\w+ пробормот\w+ скандир\w+ пела пели поет поют читает прочита\w+ прочла
    услыша\w+ слыша\w+ гласит зв(?:учит|учал)\w* заключ(?:ил|ает)\w* констатир\w+ перебива\w+ возра[жз]\w+
    делились буркн\w+ выпали\w+ описыва\w+ описал\w* рассуждает
    """
)
_VERBS_TG = _any(
    r"""
    гуфт\w* мегу\w+ намегу\w+ гуед гуянд кисса\w* накл\w* афзуд\w* илова шарх баен таъкид изхор хотиррасон\w* хотир
    навишт\w* менавис\w+ пурсид\w* мепурс\w+ чавоб фаред гиря\w* гирист\w* зикр иброз кайд ед ед_меорад хикоят
    пичиррос\w* пичирр\w* мехон\w+ хонд\w* фахмонд\w* мефахмон\w+ ба_гуфтаи ба_кавли аз_забони хулоса
    мешуморад эълон арз шикоят хост\w* доиши нола\w* оху сухан\w* такрор хабар дод_мезад дод_зад маслихат
    шунид\w* фикр андешид\w* эътироф икрор
    """
)
_VERBS_FA = _any(
    r"""
    گفت\w* می_?گو\w+ نمی_?گو\w+ گوید گویند افزود\w* می_?افزا\w+ اضافه توضیح بیان اظهار تاکید تأکید نوشت\w*
    می_?نویس\w+ پرسید\w* می_?پرس\w+ جواب پاسخ فریاد حکایت قصه یادآور\w* یادآوری خاطرنشان ابراز زمزمه شرح شکایت
    نقل به_قول خواند\w* می_?خوان\w+ گریه گریست\w* شنید\w* تکرار اعتراف روایت یاد فکر داد_?زد چیغ ادامه
    """
)
VERB_OF_SPEECH = re.compile(rf"(?<!\w)(?:{_VERBS_EN}|{_VERBS_RU}|{_VERBS_TG}|{_VERBS_FA})(?!\w)")

# Words for things with names, such as projects, campaigns and themes: a name may stand beside such a word.
_NAMED_EN = _any(
    r"""
    projects? programmes? programs? campaigns? themes? slogans? mottos? motto titles? titled entitled called
    named dubbed headed films? movies? documentar(?:y|ies) books? novels? songs? plays? lessons? courses?
    modules? trainings? workshops? seminars? conferences? forums? exhibitions? contests? competitions?
    newspapers? magazines? journals? articles? chapters? reports? brochures? leaflets? posters? guides?
    handbooks? manuals? toolkits? organi[sz]ations? ngos? foundations? associations? networks? initiatives?
    centres? centers? clubs? sections? laws? acts? decrees? strateg(?:y|ies) plans? events? sessions? panels?
    awards? hashtags? headings? headlines? series podcasts? episodes? days? topics? subjects?
    under_the_(?:name|title|theme|slogan|motto) known_as so-called conventions? protocols? declarations?
    resolutions? goals? festivals? game games app apps
    """
)
_NAMED_RU = _any(
    r"""
    проект\w* програм\w* кампани\w* акци\w* тем[аоеуыя]\w{0,3} девиз\w* слоган\w* лозунг\w* назван\w* назыв\w+
    назва\w+ озаглавл\w* фильм\w* картин\w* книг\w* роман\w* повест\w* песн\w* пьес\w* спектакл\w* урок\w*
    курс\w* модул\w* тренинг\w* семинар\w* конференци\w* форум\w* выставк\w* конкурс\w* газет\w* журнал\w*
    стать\w* глав[аеуы] отчет\w* доклад\w* брошюр\w* буклет\w* листовк\w* плакат\w* руководств\w* пособи\w*
    организаци\w* нпо фонд\w* ассоциаци\w* союз\w* сет[ьи] инициатив\w* центр\w* клуб\w* раздел\w* закон\w*
    указ\w* постановлени\w* распоряжени\w* стратеги\w* план\w* мероприяти\w* встреч[аеиу]\w* сесси\w* преми\w*
    хештег\w* хэштег\w* заголов\w* рубрик\w* серия серии сериал\w* подкаст\w* день дня дню конвенци\w*
    протокол\w* декларац\w* резолюц\w* цел[ьи] фестивал\w* игр[аеуы] приложени\w* агентств\w*
    компани\w* издани\w* портал\w* сайт\w* так_называ\w+ именем справочник\w* методичк\w* лекци\w* занят\w*
    объединен\w* движен\w* институт\w* служб\w* телеканал\w* передач\w* номинаци\w* памятк\w* учебник\w*
    """
)
_NAMED_TG = _any(
    r"""
    лоиха\w* барнома\w* маърака\w* кампания\w* аксия\w* мавзу\w* шиор\w* ном[иа]? номида\w* номгузор\w*
    унвон\w* филм\w* китоб\w* роман\w* суруд\w* намоиш\w* дарс\w* курс\w* модул\w* омузиш\w* тренинг\w*
    семинар\w* конфронс\w* форум\w* озмун\w* намоишгох\w* рузнома\w* мачалла\w* макола\w* боб\w* хисобот\w*
    гузориш\w* брошюра\w* варака\w* плакат\w* дастур\w* рохнамо\w* созмон\w* ташкилот\w* ттг гхт фонд\w*
    бунед\w* ассотсиатсия\w* шабака\w* ташаббус\w* марказ\w* клуб\w* бахш\w* конун\w* фармон\w* карор\w*
    стратегия\w* накша\w* чорабини\w* чоиза\w* хештег\w* сарлавха\w* руз[иу]? конвенсия\w* протокол\w*
    эъломия\w* катънома\w* хадаф\w* фестивал\w* бози\w* агенти\w* ширкат\w* нашрия\w* сомона\w* ба_ном
    иттиходия\w* харакат\w* омузишгох\w* достон\w* асар\w* сериал\w* ба_истилох
    """
)
_NAMED_FA = _any(
    r"""
    پروژه\w* برنامه\w* کمپاین\w* کمپین\w* کارزار\w* موضوع\w* شعار\w* نام نامه? به_نام زیر_نام عنوان تحت_عنوان
    نامیده مسما موسوم فلم\w* فیلم\w* کتاب\w* رمان\w* آهنگ\w* نمایش\w* نمایشنامه درس\w* کورس\w* دوره\w*
    کارگاه\w* سمینار\w* ورکشاپ\w* کنفرانس\w* مجمع مسابقه\w* نمایشگاه\w* روزنامه\w* مجله\w* مقاله\w* فصل بخش
    گزارش\w* بروشور\w* ورق\w* پوستر\w* رهنما\w* رهنمود\w* سازمان\w* موسسه\w* مؤسسه\w* انجمن\w* بنیاد\w*
    شبکه\w* ابتکار\w* مرکز\w* کلب قانون\w* فرمان\w* مصوبه استراتژی\w* استراتیژی\w* پلان\w* رویداد\w* نشست\w*
    جایزه\w* هشتگ\w* روز کنوانسیون\w* پروتوکول\w* اعلامیه\w* قطعنامه\w* هدف\w* جشنواره\w* بازی\w*
    شرکت\w* نشریه\w* ویبسایت\w* سایت داستان سریال به_اصطلاح اتحادیه طرح خط_کمک
    """
)
_NAMED = rf"(?:{_NAMED_EN}|{_NAMED_RU}|{_NAMED_TG}|{_NAMED_FA})"
# "the theme this year is", "проекта МОМ", "лоиҳаи СБМ": up to six words between the noun and the name.
_NAMED_BEFORE = re.compile(
    rf"(?<!\w){_NAMED}(?P<gap>(?:[ ,]{{1,2}}[^\s.:;!?«“\"]{{1,30}}){{0,6}})[ ,]?\s?[:—–-]?\s*$"
)
_NAMED_AFTER = re.compile(rf"^\s?(?:[—–-]\s)?(?:это\s|the\s|a\s|an\s|our\s)?(?:\w+\s)?{_NAMED}(?!\w)")
# "the theme of her letter": a name that one person gives to something is that person's words.
_OF_ONE = re.compile(
    r"(?<!\w)(?:my|his|her|мо(?:ей|его|и[хй]?|я)|ее|его|детск\w+|letters?|diar(?:y|ies)|drawing|poem|писем|письм\w*"
    r"|дневник\w*|рисун(?:ок|к[аеу]|ком)|стих\w*|мактуб\w*|расм\w*|у|вай|نامه\w*|رسم\w*|او|وی)(?!\w)"
)
NAMED = re.compile(rf"(?<!\w){_NAMED}(?!\w)")
# Words for things whose names are long or are sentences: "the theme is", "Закон", "Рӯзи".
_OFFICIAL = re.compile(
    r"(?<!\w)(?:projects?|programmes?|campaigns?|themes?|slogans?|mottos?|titles?|titled|entitled|laws?"
    r"|decrees?|conventions?"
    r"|strateg(?:y|ies)|resolutions?|days?|plans?|проект\w*|програм\w*|кампани\w*|акци\w*|тем[аоеуы]\w{0,3}"
    r"|девиз\w*|лозунг\w*|слоган\w*"
    r"|закон\w*|указ\w*|постановлени\w*|конвенци\w*|стратеги\w*|день|дня|план\w*|лоиха\w*|барнома\w*"
    r"|маърака\w*|мавзу\w*"
    r"|шиор\w*|конун\w*|фармон\w*|карор\w*|конвенсия\w*|стратегия\w*|рузи|накша\w*|پروژه\w*|برنامه\w*"
    r"|کمپاین\w*|کارزار\w*|موضوع\w*"
    r"|شعار\w*|قانون\w*|فرمان\w*|کنوانسیون\w*|استراتژی\w*|روز"
    r"|پلان\w*)(?!\w)(?:[ ,]{1,2}[^\s.:;!?«“\"]{1,30}){0,6}[ ,]?\s?[:—–-]?\s*$"
)
# Words for works whose titles are often in the first or second person: the film "I will come home".
_WORK = re.compile(
    r"(?<!\w)(?:films?|movies?|books?|novels?|songs?|plays?|lessons?|courses?|modules?|trainings?|campaigns?"
    r"|projects?|contests?"
    r"|games?|slogans?|themes?|фильм\w*|книг\w*|роман\w*|песн\w*|спектакл\w*|пьес\w*|урок\w{0,3}|курс\w{0,3}"
    r"|тренинг\w*|акци\w*"
    r"|кампани\w*|проект\w*|конкурс\w*|филми|китоби|суруди|намоиши|дарси|курси|тренинги|лоихаи|маъракаи|шиори"
    r"|озмуни"
    r"|فلم|فیلم|کتاب|آهنگ|نمایش|درس|کورس|پروژه|کمپاین|شعار)\s*$"
)
_LAW = re.compile(
    r"^(?:об?\s|о\sмерах|дар бораи\s|оид ба\s|در ?باره|در مورد|on the (?:law|state|fight|adoption)\s)"
)

_FINITE = re.compile(
    r"(?<!\w)(?:is|are|was|were|am|be|been|has|have|had|do|does|did|will|would|can|could|should|must|may"
    r"|might|shall"
    r"|\w+n['’]t|\w+['’](?:re|ve|ll|d)|\w{3,}ed|went|came|gave|took|told|made|kept|left|knew|saw|got|found"
    r"|sold|bought|paid|ran"
    r"|lost|sent|brought|thought|met|began|fell|felt|held|wrote|beat|hit|put|let|cut|ate|slept|hid|said|says"
    r"|knows|wants|needs"
    r"|лучше|хуже|дороже|бехтар|бадтар|بهتر|بدتر"
    r"|нет|нельзя|можно|надо|нужно|должн\w{0,2}|будет|будут|есть|был[аио]?|хочу|могу|знаю|буду|прошу"
    r"|аст|нест|хаст|хастанд|нестанд|дорад|доранд|бошад|бошанд|кунед|кунем|гузорем|кунанд|накунед|накунем"
    r"|\w{3,}(?:данд|танд)"
    r"|на?(?:буд|шуд|кард|омад|рафт|гирифт|дод|гуфт|фурухт|дид|шунид|хост|монд|зад|бурд|овард|дошт)(?:ам|и|ем"
    r"|ед)?"
    r"|(?:буд|шуд|кард|омад|рафт|гирифт|дод|гуфт|фурухт|дид|шунид|хост|монд|зад|бурд|овард|дошт)(?:ам|и|ем|ед)?"
    r"|است|هست|نیست|بود|نبود|شد|نشد|کرد|نکرد|آمد|رفت|گرفت|داد|گفت|فروخت|فروختند|دید|شنید|دارد|ندارد|باشد"
    r"|باشند|خواست|ماند|زد|برد"
    r"|آورد|داشت|اند|ند|کنند|کنید|کنیم|شوند|\w{2,}(?:ادند|ودند|ردند|دند|تند)|ن?می ?\w{2,})(?!\w)"
)
_FINITE_RU = re.compile(
    r"(?<!\w)\w{2,}(?:[аеиоуыяю]л|ла|ло|ли|лся|лась|лись|ет|ит|ют|ут|ят|ат|ешь|ишь|ете|ите|ется|ится|ются"
    r"|утся)(?!\w)"
)
_NOUNS_RU = re.compile(
    r"(?:шко|си|нача|де|се|те|чис|стек|мас|крес|прави|цел|рол|зем|недел|мыс|модел|ес|суд|пыл|кро|дол|сва|ска"
    r"|ска)(?:ла|ло|ли)$"
    r"|(?:ес|и|семь|цен|боль|отрас|родите|жите|учите|потребите|соб)ли$|капитал|материал|портал|канал|журнал"
    r"|персонал|потенциал|филиал|сигнал|идеал|зал$"
    r"|совет|кабинет|билет|интернет|комитет|университет|ответ$|свет$|цвет$|запрет|предмет|приоритет|бюджет"
    r"|факультет|паспортет|авторитет"
    r"|институт|маршрут|кредит|транзит|визит|лимит|дефицит|аудит|результат|мандат|секретариат|адвокат|плакат"
    r"|формат|аппарат|брат$|дебат|депутат|штат"
    r"|ребят|лет$|нет$|пакет|портрет|сюжет|секрет|буклет|объект|проект|аспект|эффект|субъект|комплект"
    r"|интеллект|сайт|опыт$"
)
_TAJIK_FINITE = re.compile(r"(?<!\w)(?:на)?ме\w{2,}(?:ам|ад|ем|ед|анд|яд|янд)(?!\w)")

_SMALL = frozenset(
    "a an the and or but nor of for in on at to from by with without against into over under as is are be not no"
    " vs via its their it s de la le".split()
)


def has_speech(clause: str) -> bool:
    """Return whether a folded clause has a verb of speech or writing."""
    return bool(VERB_OF_SPEECH.search(clause))


def has_finite_verb(text: str) -> bool:
    """Return whether a folded text has a finite verb, as far as endings tell."""
    if _FINITE.search(text) or _TAJIK_FINITE.search(text):
        return True
    return any(not _NOUNS_RU.search(verb.group()) for verb in _FINITE_RU.finditer(text))


def named_before(before: str) -> int | None:
    """Return the number of words, at most six, between a word such as "project" and the end of a folded text.
    Return None if there is no such word, or if the words between tell of speech or of one person ("her
    letter")."""
    found = _NAMED_BEFORE.search(before)
    if not found:
        return None
    between = found["gap"]
    return None if has_speech(between) or _OF_ONE.search(between) else len(between.split())


def named_after(after: str) -> bool:
    """Return whether a folded text begins with a word such as "project", possibly after an article and one other
    word."""
    return bool(_NAMED_AFTER.match(after))


def starts_as_name(text: str) -> bool:
    """Return whether a word such as "project" is among the first three of a folded text: "World Day …", "Фонд
    поддержки …"."""
    return bool(re.match(rf"(?:\S+\s){{0,2}}{_NAMED}(?!\w)", text))


def is_law(text: str) -> bool:
    """Return whether a folded text begins like the name of a law or decree: "О противодействии …"."""
    return bool(_LAW.match(text))


def is_official(before: str) -> bool:
    """Return whether a folded text ends with a word such as "theme" or "law" and up to six more words."""
    return bool(_OFFICIAL.search(before))


def is_work(before: str) -> bool:
    """Return whether a folded text ends with a word such as "film" or "lesson"."""
    return bool(_WORK.search(before))


def is_in_title_case(text: str) -> bool:
    """Return whether a text is in English title case: at least two main words, of which four fifths begin with a
    capital, and not only the first. Texts in capitals or with other letters than ASCII are not."""
    words = [word for word in words_of(text) if not word[0].isdigit()]
    if not words or not all(word.isascii() or "’" in word for word in words) or text.isupper():
        return False
    weighty = [word for word in words if word.lower() not in _SMALL]
    capital = sum(word[0].isupper() for word in weighty)
    return len(weighty) > 1 and capital >= 0.8 * len(weighty) and any(word[0].isupper() for word in weighty[1:])
