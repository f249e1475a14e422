"""Where synthetic people work, what they answer, and how often: every number is documented.

docs/reference/synthetic-people.md shows these tables; a test keeps the two equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from .draws import Floats, zipf

# Company (made up) and its industry, the largest first.
COMPANIES: tuple[tuple[str, str], ...] = (
    ("Werkwind", "Maschinen- und Anlagenbau"),
    ("Klarpfad", "Informationstechnik"),
    ("Heilbrücke", "Gesundheit und Pflege"),
    ("Stadtkontor", "Öffentliche Verwaltung"),
    ("Marktgarten", "Handel"),
    ("Ostkreuz Energie", "Energie und Wasser"),
    ("Talersand", "Banken und Versicherungen"),
    ("Gleisbogen", "Verkehr und Logistik"),
    ("Lernhaus", "Bildung und Wissenschaft"),
    ("Stoffkreis", "Chemie und Pharma"),
    ("Bauhütte Nord", "Bau und Architektur"),
    ("Tonspur", "Medien und Kultur"),
)
INDUSTRY_WEIGHTS: Floats = zipf(len(COMPANIES), 0.6)

SITES: tuple[str, ...] = (
    "Berlin", "Hamburg", "München", "Köln", "Frankfurt am Main", "Stuttgart", "Leipzig", "Wien",
    "Dortmund", "Bremen", "Dresden", "Hannover", "Nürnberg", "Zürich", "Kassel", "Rostock",
    "Graz", "Basel", "Luxemburg", "Eindhoven",
)  # fmt: skip
SITE_WEIGHTS: Floats = zipf(len(SITES), 1.0)

# Function -> areas of the catalogue in which its people look for, or offer, more than others do.
FUNCTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("IT und Entwicklung", ("digital", "working-well")),
    ("Technik und Konstruktion", ("professions", "digital")),
    ("Vertrieb", ("communication", "professions")),
    ("Produktion", ("leadership", "professions")),
    ("Verwaltung", ("working-well", "career")),
    ("Finanzen und Controlling", ("professions", "career")),
    ("Personal (HR)", ("leadership", "fair-chances")),
    ("Pflege und Medizin", ("health", "professions")),
    ("Forschung und Entwicklung", ("study-and-start", "professions")),
    ("Marketing und Kommunikation", ("communication", "business")),
    ("Logistik und Einkauf", ("professions", "working-well")),
    ("Lehre und Weiterbildung", ("study-and-start", "communication")),
)
FUNCTION_WEIGHTS: Floats = zipf(len(FUNCTIONS), 0.5)
TEAMS_PER_PLACE = 8

# Area -> weight for mentees and for mentors; areas of one's function count AFFINITY times.
AREA_WEIGHTS: Mapping[str, tuple[float, float]] = {
    "leadership": (16, 24),
    "career": (17, 14),
    "study-and-start": (8, 4),
    "business": (5, 5),
    "communication": (16, 15),
    "working-well": (8, 8),
    "digital": (7, 7),
    "professions": (8, 10),
    "family": (5, 4),
    "arriving": (3, 2),
    "money-and-home": (2, 1),
    "health": (3, 3),
    "life-changes": (1, 1),
    "fair-chances": (3, 3),
}
AFFINITY = 3.0
# A further topic is from the area of the first with this chance.
SAME_AREA = 0.4
TOPIC_EXPONENT = 0.8
TOPIC_COUNTS: Mapping[int, float] = {1: 10, 2: 25, 3: 35, 4: 20, 5: 10}

# Share of people -> years of work; straight lines between.
EXPERIENCE: Mapping[str, tuple[tuple[float, float], ...]] = {
    "mentee": ((0, 0), (0.25, 1.5), (0.5, 3.5), (0.75, 7), (0.95, 15), (1, 25)),
    "mentor": ((0, 5), (0.25, 11), (0.5, 16), (0.75, 22), (0.95, 31), (1, 38)),
}

# Chance to speak a language, mentees and mentors; mother tongues only with that background.
GERMAN, ENGLISH = (0.93, 0.95), (0.66, 0.78)
MOTHER_TONGUE, FURTHER_LANGUAGE = 0.85, 0.12
FURTHER_LANGUAGES = ("fr", "es", "it", "nl")

# Item -> weight of the two traits (structure or freedom; closeness or matter).
ITEMS: Mapping[str, tuple[float, float]] = {
    "w1": (0.9, 0.0), "w2": (-0.7, 0.1), "w3": (0.8, 0.2), "w4": (0.6, 0.0), "w5": (-0.8, 0.2),
    "w6": (0.7, -0.1), "w7": (0.0, 0.9), "w8": (0.1, 0.8), "w9": (-0.1, -0.7), "w10": (0.2, 0.7),
    "w11": (0.0, 0.6), "w12": (0.3, -0.6),
}  # fmt: skip
ITEM_MEAN, ITEM_NOISE, ITEM_UNANSWERED = 3.2, 0.6, 0.06

DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa")
DAY_WEIGHTS: Floats = np.array([20.0, 22.0, 21.0, 21.0, 12.0, 4.0])
# Hours from - to -> weight for mentees and mentors.
WINDOWS: Mapping[tuple[int, int], tuple[float, float]] = {
    (7, 9): (10, 16),
    (9, 12): (22, 18),
    (12, 14): (13, 14),
    (14, 17): (28, 20),
    (17, 20): (27, 32),
}
WINDOW_COUNTS: Mapping[int, float] = {1: 15, 2: 35, 3: 32, 4: 18}

FORMATS: Mapping[tuple[str, ...], float] = {
    ("online",): 42,
    ("on_site",): 10,
    ("online", "on_site"): 48,
}
SEATS: Mapping[int, float] = {1: 62, 2: 28, 3: 10}

# Texts: which language, if the person speaks it.
TEXT_IN_ENGLISH = 0.25
WISHERS = 0.05
# Mentees whose line manager is a mentor of the list, and people with another one.
REPORTS_INSIDE, REPORTS_OUTSIDE = 0.08, 0.6
OTHER_LAST_NAME = 0.12

# What people declare for statistics; no profile field, so no score can know it.
DECLARED: Mapping[str, float] = {"A": 44, "B": 38, "C": 4, "": 14}


@dataclass(frozen=True, slots=True)
class Missing:
    """Share of mentees and of mentors who leave a question unanswered."""

    mentee: float
    mentor: float


MISSING: Mapping[str, Missing] = {
    "topics": Missing(0.02, 0.03),
    "languages": Missing(0.03, 0.04),
    "experience_years": Missing(0.04, 0.05),
    "function": Missing(0.03, 0.02),
    "industry": Missing(0.02, 0.02),
    "site": Missing(0.04, 0.04),
    "team": Missing(0.10, 0.12),
    "values": Missing(0.15, 0.20),
    "week": Missing(0.10, 0.08),
    "formats": Missing(0.05, 0.05),
    "text": Missing(0.22, 0.30),
}
