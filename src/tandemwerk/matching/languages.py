"""Names of languages in German and English, and what people write for them."""

from collections.abc import Mapping

from .catalogue import fold

# ISO 639-1 -> (German name, English name, other spellings people type)
_NAMES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "ar": ("Arabisch", "Arabic", ()),
    "az": ("Aserbaidschanisch", "Azerbaijani", ()),
    "be": ("Belarussisch", "Belarusian", ()),
    "bg": ("Bulgarisch", "Bulgarian", ()),
    "bn": ("Bengalisch", "Bengali", ()),
    "bs": ("Bosnisch", "Bosnian", ()),
    "ca": ("Katalanisch", "Catalan", ()),
    "cs": ("Tschechisch", "Czech", ()),
    "da": ("Dänisch", "Danish", ()),
    "de": ("Deutsch", "German", ("ger", "deu", "deutsche Sprache")),
    "el": ("Griechisch", "Greek", ()),
    "en": ("Englisch", "English", ("eng", "gb", "us")),
    "es": ("Spanisch", "Spanish", ("esp", "spa", "castellano", "español")),
    "et": ("Estnisch", "Estonian", ()),
    "fa": ("Persisch", "Persian", ("Farsi", "Dari")),
    "fi": ("Finnisch", "Finnish", ()),
    "fr": ("Französisch", "French", ("fra", "fre", "français")),
    "ga": ("Irisch", "Irish", ()),
    "ha": ("Hausa", "Hausa", ()),
    "he": ("Hebräisch", "Hebrew", ()),
    "hi": ("Hindi", "Hindi", ()),
    "hr": ("Kroatisch", "Croatian", ()),
    "hu": ("Ungarisch", "Hungarian", ()),
    "hy": ("Armenisch", "Armenian", ()),
    "id": ("Indonesisch", "Indonesian", ()),
    "is": ("Isländisch", "Icelandic", ()),
    "it": ("Italienisch", "Italian", ("ita", "italiano")),
    "ja": ("Japanisch", "Japanese", ()),
    "ka": ("Georgisch", "Georgian", ()),
    "ko": ("Koreanisch", "Korean", ()),
    "ku": ("Kurdisch", "Kurdish", ("Kurmandschi", "Kurmanji", "Sorani")),
    "lb": ("Luxemburgisch", "Luxembourgish", ()),
    "lt": ("Litauisch", "Lithuanian", ()),
    "lv": ("Lettisch", "Latvian", ()),
    "mk": ("Mazedonisch", "Macedonian", ()),
    "mt": ("Maltesisch", "Maltese", ()),
    "nl": ("Niederländisch", "Dutch", ("Holländisch", "Flämisch", "Flemish")),
    "no": ("Norwegisch", "Norwegian", ("nb", "nn")),
    "pl": ("Polnisch", "Polish", ("pol",)),
    "ps": ("Paschtu", "Pashto", ("Pashtu",)),
    "pt": ("Portugiesisch", "Portuguese", ("por",)),
    "ro": ("Rumänisch", "Romanian", ()),
    "ru": ("Russisch", "Russian", ("rus",)),
    "sk": ("Slowakisch", "Slovak", ()),
    "sl": ("Slowenisch", "Slovenian", ("Slovene",)),
    "so": ("Somali", "Somali", ()),
    "sq": ("Albanisch", "Albanian", ()),
    "sr": ("Serbisch", "Serbian", ()),
    "sv": ("Schwedisch", "Swedish", ()),
    "sw": ("Swahili", "Swahili", ("Suaheli", "Kisuaheli", "Kiswahili")),
    "ta": ("Tamil", "Tamil", ()),
    "th": ("Thailändisch", "Thai", ()),
    "ti": ("Tigrinya", "Tigrinya", ("Tigrigna",)),
    "tr": ("Türkisch", "Turkish", ("tur",)),
    "uk": ("Ukrainisch", "Ukrainian", ("ukr",)),
    "ur": ("Urdu", "Urdu", ()),
    "vi": ("Vietnamesisch", "Vietnamese", ()),
    "yo": ("Yoruba", "Yoruba", ()),
    "zh": ("Chinesisch", "Chinese", ("Mandarin", "Kantonesisch", "Cantonese")),
}


def _index() -> dict[str, str]:
    found = {code: code for code in _NAMES}
    for code, (german, english, others) in _NAMES.items():
        for name in (german, english, *others):
            found.setdefault(fold(name), code)
    return found


_CODES = _index()


def known_languages() -> tuple[str, ...]:
    """The ISO codes with a name here, ascending."""
    return tuple(sorted(_NAMES))


def language_name(code: str, language: str) -> str:
    """The name of a language in "de" or "en"; a code without one is given back in capitals."""
    if code not in _NAMES:
        return code.upper()
    german, english, _ = _NAMES[code]
    return german if language == "de" else english


def language_code(text: str) -> str | None:
    """The ISO code for a name or code as people write it ("Deutsch", "german", "de-AT")."""
    words = fold(text)
    if words in _CODES:
        return _CODES[words]
    first = words.split(" ")[0]
    # "de-AT", "Englisch (C1)", "German native": the first word names the language.
    return _CODES.get(first)
