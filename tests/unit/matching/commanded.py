"""Two tricky lists on disk, and the command run on them."""

from pathlib import Path

from tandemwerk.cli_match import main

MENTEES = (
    "Vorname;Nachname;E-Mail;Themen;Sprachen;Berufserfahrung (Jahre);Bereich;Branche;Standort;"
    "Format;Verfügbarkeit;Abteilung;Vorgesetzte:r;Motivation;Wünsche\r\n"
    "Lena;Müller;lena@firma.example;Führung, Gehaltsverhandlung;Deutsch, Englisch;3;IT;Bank;Köln;"
    "online;Di 14-18, Do nachmittags;IT-1;chef@firma.example;Ich möchte ein Team führen;\r\n"
    "=Jörg;Groß;joerg@firma.example;Bienen;Deutsch;8;Einkauf;Bank;Köln;vor Ort;Mo vormittags;EK;;"
    '"Zeile 1\r\nZeile 2";Eva Schmidt\r\n'
    "\r\n"
    "Ayse;Kaya;ayse@firma.example;Netzwerken;Türkisch;2;Vertrieb;Bank;Bonn;beides;flexibel;VT;;;\r\n"
)
MENTORS = (
    "First name\tLast name\tE-mail\tTopics\tLanguages\tYears of experience\tFunction\tIndustry\t"
    "Location\tFormat\tAvailability\tSeats\tTeam\tMotivation\n"
    "Tom\tWeber\tchef@firma.example\tLeadership\tGerman\t15\tIT\tBank\tKöln\tboth\tTue afternoon\t2"
    "\tIT-0\tI enjoy leadership\n"
    "Eva\tSchmidt\teva@firma.example\tLeadership; Bienen\tGerman, English\t14\tHR\tBank\tKöln\tboth"
    "\tweekdays\t1\tHR\tleading a team\n"
)


def run(files: dict[str, str], *more: str) -> int:
    return main([files["mentees.csv"], files["mentors.csv"], "--output", files["pairs.csv"], *more])


def left_behind(files: dict[str, str]) -> set[str]:
    return {path.name for path in Path(files["pairs.csv"]).parent.iterdir()}
