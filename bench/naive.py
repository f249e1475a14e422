"""How one would write matching without thinking about size: pair by pair, best pair first.

It looks at fewer criteria than the engine (no values, no text, no wishes, nothing forbidden), so it
has less to do for each pair.
"""

from tandemwerk.matching import Mentee, Mentor


def fit(mentee: Mentee, mentor: Mentor) -> float | None:
    """Fit of one pair in [0, 1], None without a common language."""
    if not mentee.languages & mentor.languages:
        return None
    wanted = set(mentee.topics)
    shared = len(wanted & set(mentor.topics)) / len(wanted) if wanted else 1.0
    ahead = (mentor.experience_years or 0) - (mentee.experience_years or 0)
    experience = max(0.0, 1 - abs(ahead - 8) / 12)
    overlap = min(1.0, (mentee.week & mentor.week).bit_count() / 4)
    function = float(mentee.function != mentor.function)
    way = 1.0 if mentee.formats & mentor.formats else 0.0
    return 0.4 * shared + 0.2 * experience + 0.2 * overlap + 0.1 * function + 0.1 * way


def match(mentees: list[Mentee], mentors: list[Mentor]) -> dict[int, int]:
    """Mentor's column by mentee's row, taking the best remaining pair again and again."""
    pairs = [
        (value, row, column)
        for row, mentee in enumerate(mentees)
        for column, mentor in enumerate(mentors)
        if (value := fit(mentee, mentor)) is not None
    ]
    pairs.sort(reverse=True)
    seats = [mentor.seats for mentor in mentors]
    chosen: dict[int, int] = {}
    for _, row, column in pairs:
        if row not in chosen and seats[column]:
            chosen[row] = column
            seats[column] -= 1
    return chosen
