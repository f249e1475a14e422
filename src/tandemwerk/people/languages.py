"""The languages people can name as theirs, with their names in the reader's language."""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from tandemwerk.matching.catalogue import fold

# ISO 639-1, the most asked for first; the rest follows by name.
FIRST = ("de", "en", "tr", "ar", "uk", "ru", "pl", "fr", "es", "it")
LANGUAGES = {
    "am": _("Amharic"),
    "ar": _("Arabic"),
    "az": _("Azerbaijani"),
    "bg": _("Bulgarian"),
    "bn": _("Bengali"),
    "bs": _("Bosnian"),
    "ca": _("Catalan"),
    "cs": _("Czech"),
    "da": _("Danish"),
    "de": _("German"),
    "el": _("Greek"),
    "en": _("English"),
    "es": _("Spanish"),
    "et": _("Estonian"),
    "eu": _("Basque"),
    "fa": _("Persian (Farsi, Dari)"),
    "fi": _("Finnish"),
    "fr": _("French"),
    "ga": _("Irish"),
    "he": _("Hebrew"),
    "hi": _("Hindi"),
    "hr": _("Croatian"),
    "hu": _("Hungarian"),
    "hy": _("Armenian"),
    "id": _("Indonesian"),
    "is": _("Icelandic"),
    "it": _("Italian"),
    "ja": _("Japanese"),
    "ka": _("Georgian"),
    "kk": _("Kazakh"),
    "ko": _("Korean"),
    "ku": _("Kurdish"),
    "lb": _("Luxembourgish"),
    "lt": _("Lithuanian"),
    "lv": _("Latvian"),
    "mk": _("Macedonian"),
    "ms": _("Malay"),
    "mt": _("Maltese"),
    "ne": _("Nepali"),
    "nl": _("Dutch"),
    "no": _("Norwegian"),
    "pa": _("Punjabi"),
    "pl": _("Polish"),
    "ps": _("Pashto"),
    "pt": _("Portuguese"),
    "ro": _("Romanian"),
    "ru": _("Russian"),
    "sk": _("Slovak"),
    "sl": _("Slovene"),
    "so": _("Somali"),
    "sq": _("Albanian"),
    "sr": _("Serbian"),
    "sv": _("Swedish"),
    "sw": _("Swahili"),
    "ta": _("Tamil"),
    "th": _("Thai"),
    "ti": _("Tigrinya"),
    "tr": _("Turkish"),
    "uk": _("Ukrainian"),
    "ur": _("Urdu"),
    "uz": _("Uzbek"),
    "vi": _("Vietnamese"),
    "yo": _("Yoruba"),
    "zh": _("Chinese"),
}


def language_choices() -> list[tuple[str, str]]:
    """Code and name in the active language: the frequent ones first, then by alphabet."""
    rest = sorted(
        ((code, str(name)) for code, name in LANGUAGES.items() if code not in FIRST),
        key=lambda choice: fold(choice[1]),
    )
    return [*((code, str(LANGUAGES[code])) for code in FIRST), *rest]


@cache
def _by_name() -> dict[str, str]:
    found = {code: code for code in LANGUAGES}
    for ui_language in ("de", "en"):
        with translation.override(ui_language):
            for code, name in LANGUAGES.items():
                words = str(name).replace("(", ",").replace(")", ",").split(",")
                for word in (str(name), *words):
                    if folded := fold(word):
                        found.setdefault(folded, code)
    return found


def find_language(text: str) -> str | None:
    """The ISO 639-1 code of "Deutsch", "German", "de" or "de-AT"; None if nothing is known."""
    wanted = fold(text)
    return _by_name().get(wanted) or _by_name().get(wanted.split(" ")[0] if wanted else "")
