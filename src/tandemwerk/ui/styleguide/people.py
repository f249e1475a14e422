"""Names and work of invented people, for samples only."""

MENTEES = """
Lena Hofmann|Projektleitung Montage|Hamburg
Aylin Yıldız|Softwareentwicklung|Berlin
Katarzyna Nowak|Controlling|Nürnberg
Sophie Brandt|Einkauf|Essen
Mia Kurz|Vertrieb Innendienst|München
Fatima Haddad|Qualitätssicherung|Stuttgart
Johanna Lüttich|Personalentwicklung|Leipzig
Thi Mai Nguyen|Cloud-Betrieb|Leipzig
Clara Schönfeld|Rechtsabteilung|Berlin
Olivia Bergström|Produktmanagement|Hamburg
Svenja Petersen|Logistikplanung|Duisburg
Zeynep Arslan|Datenanalyse|Berlin
Hannah Weißmüller|Werkstoffprüfung|Essen
Elif Kaya|Marketing|Köln
Marie-Louise Obermaier-Frank|Unternehmenskommunikation|München
Ivana Petrović|Elektronikentwicklung|Stuttgart
Greta Lindner|Nachhaltigkeit|Hamburg
Amara Okafor|Kundendienst|Köln
Paula Reinhardt|Fertigungssteuerung|Nürnberg
Natalia Sokolova|IT-Sicherheit|Berlin
""".strip().splitlines()
MENTORS = """
Dr. Petra Sommer|Leitung Produktentwicklung|Hamburg
Jonas Adeyemi|Leitung Datenplattform|Berlin
Maria Kowalska|Personalleitung|Nürnberg
Thomas Brandt|Werkleitung|Essen
Aylin Demir|Syndikusanwältin|Berlin
Sébastien Morel|Vertriebsleitung DACH|München
Ingrid Vogel|Leitung Qualität|Hamburg
Nguyen Minh Anh|Cloud-Architektur|Leipzig
Karl-Heinz Lüdenscheidt-Oberhausen|Bereichsleitung Logistik|Duisburg
Prof. Dr. Renate Falk|Forschung Werkstoffe|Stuttgart
Björn Sørensen|Einkaufsleitung|Hamburg
Miriam Goldstein|Finanzleitung|Berlin
Łukasz Wiśniewski|Leitung Softwareentwicklung|Berlin
Christine Auerbach|Leitung Kommunikation|München
Deniz Şahin|Leitung Marketing|Köln
""".strip().splitlines()
GIVEN = [
    "Anna",
    "Laura",
    "Julia",
    "Sarah",
    "Lisa",
    "Nina",
    "Eva",
    "Selin",
    "Meryem",
    "Alicja",
    "Daria",
    "Emma",
    "Frieda",
    "Ida",
    "Jana",
    "Kim",
    "Leonie",
    "Nadine",
    "Rieke",
    "Tanja",
    "Ute",
    "Vera",
    "Wiebke",
    "Yara",
    "Alina",
    "Britta",
    "Carla",
    "Dilara",
    "Esra",
    "Franziska",
]
FAMILY = [
    "Albrecht",
    "Becker",
    "Çelik",
    "Dietrich",
    "Engel",
    "Fuchs",
    "Graf",
    "Huber",
    "Ivanov",
    "Jäger",
    "Kaiser",
    "Lorenz",
    "Möller",
    "Nikolaidis",
    "Otto",
    "Pohl",
    "Quast",
    "Richter",
    "Seidel",
    "Thoma",
    "Ulrich",
    "Voigt",
    "Winter",
    "Yılmaz",
    "Ziegler",
]
WORK = [
    "Projektleitung",
    "Controlling",
    "Einkauf",
    "Vertrieb",
    "Softwareentwicklung",
    "Konstruktion",
    "Personal",
    "Logistik",
    "Qualität",
    "Produktion",
    "Datenanalyse",
    "Marketing",
]
PLACES = [
    "Hamburg",
    "Berlin",
    "Nürnberg",
    "Essen",
    "München",
    "Stuttgart",
    "Leipzig",
    "Duisburg",
    "Köln",
]
TOPICS = [
    "Erste Führungsrolle",
    "Verhandeln",
    "Sichtbar werden",
    "Wechsel in einen anderen Bereich",
    "Rückkehr nach der Elternzeit",
    "Delegieren",
    "Konflikte lösen",
    "Netzwerk aufbauen",
    "Reden vor vielen",
    "Strategisch denken",
    "Grenzen setzen",
    "Fachlaufbahn oder Führung",
]
