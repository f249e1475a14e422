"""Lists as coordinators upload them, small and large."""

FIRST = ("Lena", "Jonas", "Aylin", "Mehmet", "Petra", "Łukasz", "Nora", "Samuel", "Ines", "Tom")
LAST = ("Hofmann", "Adeyemi", "Şahin", "Kaya", "Sommer", "Nowak", "Weiß", "Okafor", "Brandt", "Li")
TOPICS = ("Führung", "Verhandeln", "Konflikte lösen", "Zeitmanagement")


def mentors_csv(count, start=0):
    """A German list with `count` different mentors."""
    lines = ["E-Mail;Vorname;Nachname;Position;Bereich;Team;Berufserfahrung;Themen;Sprachen;Plätze"]
    for n in range(start, start + count):
        first, last = FIRST[n % 10], LAST[n // 10 % 10]
        lines.append(
            f"person{n}@list.example;{first} {n};{last};Leitung {n};Finanzen;Team {n % 40};"
            f"{n % 30};{TOPICS[n % 4]};Deutsch, Englisch;{n % 3 + 1}"
        )
    return "\r\n".join(lines).encode()
