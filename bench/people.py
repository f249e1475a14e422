"""Made-up people for measurements: the same seed makes the same people."""

import random

from tandemwerk.matching import Mentee, Mentor, topics
from tandemwerk.matching.weeks import mask_of

LANGUAGES = ("de", "en", "fr", "tr", "pl", "uk")
FUNCTIONS = ("Vertrieb", "Entwicklung", "Personal", "Finanzen", "Einkauf", "Produktion")
SITES = ("Berlin", "Hamburg", "Leipzig", "München")


def population(mentees: int, mentors: int, *, seed: int) -> tuple[list[Mentee], list[Mentor]]:
    """Two lists of people with topics, languages, experience, values and free hours."""
    chance = random.Random(seed)
    slugs = sorted(topics())

    def answers(lowest: int, highest: int) -> dict[str, object]:
        days = chance.sample(range(5), 3)
        return {
            "topics": tuple(chance.sample(slugs, chance.randint(2, 6))),
            "languages": frozenset({"de", chance.choice(LANGUAGES)}),
            "experience_years": chance.randint(lowest, highest),
            "function": chance.choice(FUNCTIONS),
            "values": {f"item{number}": chance.randint(1, 5) for number in range(8)},
            "week": mask_of(24 * day + chance.randint(7, 18) for day in days for _ in range(3)),
            "formats": frozenset({"online", *chance.choices(["online", "on_site"], k=1)}),
            "site": chance.choice(SITES),
        }

    return (
        [Mentee(id=f"e{number}", **answers(0, 8)) for number in range(mentees)],  # type: ignore[arg-type]  # answers fit by construction
        [
            Mentor(id=f"o{number}", seats=chance.randint(1, 2), **answers(4, 30))  # type: ignore[arg-type]  # as above
            for number in range(mentors)
        ],
    )
