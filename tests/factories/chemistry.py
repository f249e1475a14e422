"""Chemistry meetings of past cohorts, enough to learn from; a seed gives the same answers."""

import math
import random
from datetime import UTC, date, datetime, timedelta

from tandemwerk.people.models import User
from tandemwerk.programmes.models import Cohort, Participation, Programme
from tandemwerk.tandems.models import Tandem, TandemMember
from tests.factories.programmes import CohortFactory

STARTED = datetime(2025, 9, 1, 9, tzinfo=UTC)
WEIGHTS = {"topics": 10, "values": 5, "experience": 5}
PER_MENTOR = 2


def reasons_of(fits: dict[str, float], weights: dict[str, int] | None = None) -> dict:
    """Reasons as a run stores them, with the points of these fits."""
    weights = weights or WEIGHTS
    whole = sum(weights[name] for name in fits)
    entries = [
        {
            "code": f"{name}_unknown",
            "params": {"who": "both"},
            "points": fit * weights[name] / whole,
            "criterion": name,
            "possible": weights[name] / whole,
        }
        for name, fit in fits.items()
    ]
    return {"reasons": entries, "differences": [], "neutral": []}


def meetings_held(
    programme: Programme, *, cohorts: int = 3, each: int = 40, seed: int = 1
) -> list[Cohort]:
    """Cohorts whose pairs met and answered; whoever shares topics and values says yes more often.

    As in life, the first no ends it: then the other one is not asked any more.
    """
    chance = random.Random(seed)
    made = []
    for number in range(cohorts):
        cohort = CohortFactory(programme=programme, name=f"Past {seed}-{number}")
        mentors = [_person(cohort, "mentor", f"{seed}-{number}-o{n}") for n in range(-(-each // 2))]
        for at in range(each):
            mentee = _person(cohort, "mentee", f"{seed}-{number}-e{at}")
            _meeting(cohort, mentee, mentors[at // PER_MENTOR], chance, at)
        made.append(cohort)
    return made


def _person(cohort: Cohort, role: str, name: str) -> Participation:
    user = User.objects.create(
        email=f"past-{cohort.pk}-{name}@example.org", given_name=name, family_name="Past"
    )
    seats = PER_MENTOR if role == "mentor" else 1
    return Participation.objects.create(
        cohort=cohort, user=user, role=role, state="joined", seats=seats
    )


def _meeting(
    cohort: Cohort, mentee: Participation, mentor: Participation, chance: random.Random, at: int
) -> Tandem:
    fits = {name: round(chance.random(), 3) for name in WEIGHTS}
    like = 3.4 * fits["topics"] + 1.6 * fits["values"] - 1.3
    yes = [chance.random() < 1 / (1 + math.exp(-like + chance.gauss(0, 0.4))) for _ in range(2)]
    first = chance.randrange(2)
    said = ["", ""]
    said[first] = "yes" if yes[first] else "no"
    said[1 - first] = ("yes" if yes[1 - first] else "no") if yes[first] else "pending"
    proposed = STARTED + timedelta(days=at)
    both = all(yes)
    tandem = Tandem.objects.create(
        cohort=cohort,
        state="active" if both else "declined",
        score=sum(fits.values()) / len(fits),
        reasons=reasons_of(fits),
        proposed_at=proposed,
        answer_by=proposed + timedelta(days=10),
        chemistry_met_on=date(2025, 9, 20) + timedelta(days=at),
        activated_at=proposed if both else None,
        ended_at=None if both else proposed,
        end_code="" if both else "no_chemistry",
    )
    TandemMember.objects.bulk_create(
        TandemMember(
            tandem=tandem,
            participation=person,
            user_id=person.user_id,
            role=person.role,
            answer="yes",
            chemistry_answer=answer,
        )
        for person, answer in zip((mentee, mentor), said, strict=True)
    )
    return tandem
