"""The story of the demo holds together: it could have happened like this."""

import tomllib
from collections import Counter
from importlib import resources
from typing import Any

import pytest

from tandemwerk.matching.catalogue import topics
from tandemwerk.matching.tables import parse_cell
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.vocabulary import vocabulary
from tandemwerk.programmes.enums import AddressForm, ParticipationState, ProgrammeState, Role
from tandemwerk.programmes.template_catalogue import programme_templates
from tandemwerk.tandems.enums import DeclineCode, EndCode, TandemState

STORY: dict[str, list[dict[str, Any]]] = tomllib.loads(
    resources.files("tandemwerk.demo").joinpath("story.toml").read_text("utf-8")
)
PEOPLE = {person["key"]: person for person in STORY["person"]}
COHORTS = {cohort["key"]: cohort for cohort in STORY["cohort"]}
PROGRAMMES = {programme["key"]: programme for programme in STORY["programme"]}
TANDEMS = STORY["tandem"]
PLACES = {(p["person"], p["cohort"], p["role"]): p for p in STORY["participation"]}
ORDER = (
    "proposed",
    "chemistry_since",
    "chemistry_met",
    "activated",
    "closing_since",
    "ended",
)
NEEDED = {
    "proposed": {"proposed", "answer_by"},
    "chemistry": {"proposed", "answer_by", "chemistry_since", "chemistry_by"},
    "active": {"proposed", "answer_by", "chemistry_since", "chemistry_met", "activated"},
    "closing": {"activated", "closing_since"},
    "closed": {"activated", "closing_since", "ended", "end_code"},
    "declined": {"proposed", "ended", "end_code"},
    "dissolved": {"activated", "ended", "end_code"},
}
ENDED = {"closed", "declined", "dissolved"}
by_person = pytest.mark.parametrize("person", STORY["person"], ids=lambda p: p["key"])
by_tandem = pytest.mark.parametrize("tandem", TANDEMS, ids=lambda t: t["key"])


def test_keys_and_addresses_are_unique() -> None:
    for rows in STORY.values():
        keys = [row["key"] for row in rows if "key" in row]
        assert len(set(keys)) == len(keys)
    addresses = [person["email"] for person in STORY["person"]]
    assert len(set(addresses)) == len(addresses)
    assert len(PLACES) == len(STORY["participation"])


def test_the_demo_accounts_are_there() -> None:
    accounts = {
        person["email"]: f"{person['given_name']} {person['family_name']}"
        for person in STORY["person"]
        if person["email"].endswith("@demo.example")
    }
    assert accounts == {
        "coordinator@demo.example": "Katharina Brandt",
        "mentor@demo.example": "Petra Sommer",
        "mentee@demo.example": "Lena Hoffmann",
    }
    shared = [t for t in TANDEMS if (t["mentee"], t["mentor"]) == ("lena-hoffmann", "petra-sommer")]
    assert [tandem["state"] for tandem in shared] == ["active"]
    for programme in STORY["programme"]:
        assert "katharina-brandt" in programme["coordinators"]


def test_the_cast_is_as_large_as_told() -> None:
    def cast(programme: str, role: str) -> set[str]:
        return {
            person
            for person, cohort, its_role in PLACES
            if its_role == role and COHORTS[cohort]["programme"] == programme
        }

    assert len(cast("auf-augenhoehe", "mentee")) == 12
    assert len(cast("auf-augenhoehe", "mentor")) == 9
    assert len(cast("across-borders", "mentee")) == 6
    assert len(cast("across-borders", "mentor")) == 5


def test_tandems_are_in_every_state() -> None:
    states = Counter(tandem["state"] for tandem in TANDEMS)
    assert set(states) == {state.value for state in TandemState}
    assert states["active"] == 4
    assert states["chemistry"] == 2
    proposed = [tandem.get("answers", {}) for tandem in TANDEMS if tandem["state"] == "proposed"]
    assert sorted(len(answers) for answers in proposed) == [0, 0, 1]
    ages = [tandem["activated"] for tandem in TANDEMS if tandem["state"] == "active"]
    assert all(abs(a - b) >= 10 for a in ages for b in ages if a is not b and a != b)
    assert len(set(ages)) == 4


def test_nobody_is_in_the_samples_too() -> None:
    folder = resources.files("tandemwerk.demo").joinpath("samples")
    lists = b"".join(
        folder.joinpath(name).read_bytes()
        for name in ("mentees.csv", "mentors.csv", "mentees-foreign.csv", "mentors-foreign.csv")
    )
    assert [p["email"] for p in STORY["person"] if p["email"].encode() in lists] == []


@by_person
def test_profiles_use_known_words(person: dict[str, Any]) -> None:
    words = vocabulary()
    assert person["locale"] in {"de", "en"}
    assert set(person.get("languages", {})) <= set(words.languages.words)
    assert set(person.get("languages", {}).values()) <= {"fluent", "conversation"}
    for field, known in (("function", words.functions), ("industry", words.industries)):
        assert person.get(field) is None or person[field] in known.words
    for field in ("wants", "offers"):
        assert set(person.get(field, [])) <= set(topics())
    assert person.get("format", "both") in {"both", "online", "on_site"}
    if "availability" in person:
        assert parse_cell("availability", person["availability"])
    if "values" in person:
        assert len(person["values"]) == len(questionnaire().items)
        assert all(0 <= value <= 5 for value in person["values"])
    assert "!" not in person.get("about", "")


@pytest.mark.parametrize("place", STORY["participation"], ids=lambda p: f"{p['person']}")
def test_participations_fit_their_people(place: dict[str, Any]) -> None:
    assert place["role"] in set(Role)
    assert place["state"] in set(ParticipationState)
    person = PEOPLE[place["person"]]
    assert person["wants" if place["role"] == "mentee" else "offers"]
    assert ("seats" in place) == (place["role"] == "mentor")
    assert ("joined" in place) == (place["state"] != "invited")
    assert place["invited"] <= place.get("joined", 0) <= 0


def test_programmes_and_cohorts_are_believable() -> None:
    for programme in STORY["programme"]:
        assert programme["template"] in programme_templates()
        assert programme["state"] in set(ProgrammeState)
        assert programme["address_form"] in set(AddressForm)
        assert set(programme["coordinators"]) <= set(PEOPLE)
    for organisation in STORY["organisation"]:
        assert set(organisation["owners"]) <= set(PEOPLE)
    for cohort in STORY["cohort"]:
        template = programme_templates()[PROGRAMMES[cohort["programme"]]["template"]]
        days = [
            cohort[name] - cohort["starts"]
            for name in ("registration_ends", "matching", "starts", "midpoint", "ends")
        ]
        dates = template.dates
        assert days == [
            7 * week
            for week in (
                dates.registration_end,
                dates.matching,
                dates.kick_off,
                dates.midpoint,
                dates.closing,
            )
        ]


def test_across_borders_is_still_open() -> None:
    (cohort,) = [c for c in STORY["cohort"] if c["programme"] == "across-borders"]
    assert cohort["registration_ends"] > 0
    assert [tandem for tandem in TANDEMS if tandem["cohort"] == cohort["key"]] == []
    companies = {PEOPLE[p]["team"] for p, its_cohort, _ in PLACES if its_cohort == cohort["key"]}
    assert len(companies) == 4


@by_tandem
def test_the_two_belong_together(tandem: dict[str, Any]) -> None:
    mentee, mentor = PEOPLE[tandem["mentee"]], PEOPLE[tandem["mentor"]]
    for role in ("mentee", "mentor"):
        assert (tandem[role], tandem["cohort"], role) in PLACES
    assert set(mentee["wants"]) & set(mentor["offers"]), "they share a topic"
    assert set(mentee["languages"]) & set(mentor["languages"])
    assert mentee.get("reports_to") != mentor["email"]
    assert mentor.get("reports_to") != mentee["email"]
    assert mentee["team"] != mentor["team"]
    assert mentor["experience_years"] > mentee["experience_years"]
    hours = [parse_cell("availability", person["availability"]) for person in (mentee, mentor)]
    assert isinstance(hours[0], int)
    assert isinstance(hours[1], int)
    assert hours[0] & hours[1], "they have common hours"
    for text in (tandem["why"], tandem["now"]):
        assert text["de"] != text["en"]


@by_tandem
def test_dates_tell_one_story(tandem: dict[str, Any]) -> None:
    state = tandem["state"]
    assert NEEDED[state] <= set(tandem)
    assert ("ended" in tandem) == (state in ENDED)
    days = [tandem[name] for name in ORDER if name in tandem]
    assert days == sorted(days)
    assert all(day <= 0 for day in days)
    programme = PROGRAMMES[COHORTS[tandem["cohort"]]["programme"]]
    template = programme_templates()[programme["template"]]
    assert tandem["answer_by"] - tandem["proposed"] == template.response_days
    if "chemistry_since" in tandem:
        assert tandem["chemistry_by"] - tandem["chemistry_since"] == template.chemistry_days
        assert tandem["chemistry_since"] < tandem["answer_by"]
        assert tandem.get("activated", -9999) < tandem["chemistry_by"]
    if state == "proposed":
        assert tandem["answer_by"] > 0
    if state == "chemistry":
        assert tandem["chemistry_by"] > 0
    if state in ENDED:
        assert tandem["end_code"] in set(EndCode)
    for role in ("mentee", "mentor"):
        joined = PLACES[(tandem[role], tandem["cohort"], role)]["joined"]
        assert joined <= tandem["proposed"]


@by_tandem
def test_answers_lead_to_the_state(tandem: dict[str, Any]) -> None:
    answers = tandem.get("answers", {})
    chemistry = tandem.get("chemistry_answers", {})
    assert set(answers) | set(chemistry) <= {"mentee", "mentor"}
    for answer in (*answers.values(), *chemistry.values()):
        assert answer["answer"] in {"yes", "no"}
        assert tandem["proposed"] <= answer["day"] <= tandem.get("ended", 0)
        assert ("code" in answer) <= (answer["answer"] == "no")
        assert answer.get("code", "none") in set(DeclineCode)
    yes = sum(answer["answer"] == "yes" for answer in answers.values())
    if "chemistry_since" in tandem:
        assert yes == 2
        assert max(answer["day"] for answer in answers.values()) == tandem["chemistry_since"]
    else:
        assert yes < 2
        assert not chemistry
    if "activated" in tandem:
        assert [answer["answer"] for answer in chemistry.values()] == ["yes", "yes"]
        assert max(answer["day"] for answer in chemistry.values()) == tandem["activated"]
        assert min(answer["day"] for answer in chemistry.values()) >= tandem["chemistry_met"]
    else:
        assert len(chemistry) < 2


def test_nobody_holds_more_than_their_seats() -> None:
    # From both yeses on a seat is taken, before that it is promised; an ended tandem frees it.
    held: Counter[tuple[str, str, str]] = Counter()
    for tandem in TANDEMS:
        if tandem["state"] not in ENDED:
            for role in ("mentee", "mentor"):
                held[(tandem[role], tandem["cohort"], role)] += 1
    for place, count in held.items():
        assert count <= PLACES[place].get("seats", 1), place


def test_no_tandem_was_formed_twice() -> None:
    pairs = [(tandem["mentee"], tandem["mentor"]) for tandem in TANDEMS]
    assert len(set(pairs)) == len(pairs)
