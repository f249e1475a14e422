from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandemwerk.reports.priorities import (
    CALM,
    CohortFacts,
    Facts,
    Kind,
    PlaceFacts,
    PreparationFacts,
    TandemFacts,
    actions,
)
from tandemwerk.reports.wording import WORDS, card

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


def tandem(state="proposed", *, answered=False, met=False, days=5, pk=1):
    return TandemFacts(
        pk, state, "Petra", "Programme", answered, met, NOW + timedelta(days=days), "Next step"
    )


def kinds(**facts):
    return [action.kind for action in actions(Facts(**facts))]


@pytest.mark.parametrize(
    ("facts", "kind"),
    [
        (tandem(), Kind.ANSWER_PROPOSAL),
        (tandem(answered=True), Kind.WAITING_FOR_OTHER),
        (tandem("chemistry"), Kind.RECORD_MEETING),
        (tandem("chemistry", met=True), Kind.CONFIRM),
        (tandem("chemistry", met=True, answered=True), Kind.WAITING_FOR_OTHER),
        (tandem("active"), Kind.NEXT_STEP),
        (tandem("closing"), Kind.NEXT_STEP),
    ],
)
def test_each_state_of_a_tandem_has_its_card(facts, kind):
    assert kinds(tandems=[facts]) == [kind]


def test_a_preparation_is_calm_and_comes_after_the_next_step():
    left = PreparationFacts(participation_pk=3, programme="A", left=2)
    found = actions(Facts(tandems=[tandem("active")], preparations=[left]))
    assert [action.kind for action in found] == [Kind.NEXT_STEP, Kind.PREPARE]
    assert found[1].is_calm


@pytest.mark.parametrize("state", ["declined", "dissolved", "closed"])
def test_what_has_ended_needs_nobody(state):
    assert kinds(tandems=[tandem(state)]) == []


def test_near_deadlines_come_first_and_calm_things_last():
    found = actions(
        Facts(
            tandems=[tandem("active", pk=1), tandem(days=9, pk=2), tandem(days=1, pk=3)],
            places=[PlaceFacts("Programme", "joined", is_complete=False)],
        )
    )
    assert [action.kind for action in found] == [
        Kind.ANSWER_PROPOSAL,
        Kind.ANSWER_PROPOSAL,
        Kind.PROFILE_INCOMPLETE,
        Kind.NEXT_STEP,
    ]
    assert [action.route[1] for action in found[:2]] == [3, 2]


def test_one_card_about_the_profile_however_many_programmes_wait():
    places = [PlaceFacts(name, "joined", is_complete=False) for name in "AB"]
    assert kinds(places=places) == [Kind.PROFILE_INCOMPLETE]


def test_places_that_wait_pause_or_left():
    assert kinds(places=[PlaceFacts("A", "invited", is_complete=True)]) == [Kind.WAITING_FOR_MATCH]
    assert kinds(places=[PlaceFacts("A", "paused", is_complete=False)]) == [Kind.PAUSED]
    assert kinds(places=[PlaceFacts("A", "withdrawn", is_complete=False)]) == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, [Kind.COHORT_EMPTY]),
        ({"people": 5}, []),
        ({"people": 5, "is_import_failed": True, "import_errors": 2}, [Kind.IMPORT_FAILED]),
        ({"people": 5, "import_errors": 2}, [Kind.IMPORT_ERRORS]),
        ({"is_import_open": True}, [Kind.IMPORT_OPEN]),
        ({"people": 5, "mentees_ready": 2, "seats_free": 1}, [Kind.COHORT_READY]),
        (
            {"people": 5, "mentees_ready": 2, "seats_free": 1, "has_published": True},
            [Kind.UNMATCHED],
        ),
        ({"people": 5, "mentees_ready": 2}, []),
        ({"people": 5, "mentees_ready": 2, "seats_free": 1, "run_ready": 7}, [Kind.RUN_READY]),
        ({"people": 5, "is_run_failed": True}, [Kind.RUN_FAILED]),
        ({"people": 5, "deadlines_near": 1, "incomplete": 2},
         [Kind.DEADLINES_NEAR, Kind.PROFILES_INCOMPLETE]),
    ],
)  # fmt: skip
def test_what_a_cohort_waits_for(facts, expected):
    assert kinds(cohorts=[CohortFacts(1, "Cohort", **facts)]) == expected


def test_owners_and_operators():
    assert kinds(owns=1) == [Kind.NO_PROGRAMME]
    assert kinds(owns=1, programmes=1, empty_programmes=[(3, "A")]) == [Kind.PROGRAMME_EMPTY]
    assert kinds(is_operator=True) == [Kind.NO_ORGANISATION]
    assert kinds(is_operator=True, organisations=1, mails_failed=2) == [Kind.MAILS_FAILED]
    assert kinds(mails_failed=2) == [], "only operators hear of mails"


facts = st.builds(
    Facts,
    tandems=st.lists(
        st.builds(
            tandem,
            st.sampled_from(["proposed", "chemistry", "active", "closing", "closed", "declined"]),
            answered=st.booleans(),
            met=st.booleans(),
            days=st.integers(0, 30),
            pk=st.integers(1, 99),
        ),
        max_size=6,
    ),
    places=st.lists(
        st.builds(
            PlaceFacts,
            st.text(min_size=1),
            st.sampled_from(["invited", "joined", "paused", "withdrawn"]),
            st.booleans(),
        ),
        max_size=3,
    ),
    cohorts=st.lists(st.builds(CohortFacts, st.integers(1, 9), st.text()), max_size=3),
    owns=st.integers(0, 2),
    is_operator=st.booleans(),
    mails_failed=st.integers(0, 2),
)


@given(facts)
def test_the_list_is_ordered_and_says_something_to_everybody(facts):
    found = actions(facts)
    order = [(action.is_calm, list(Kind).index(action.kind)) for action in found]
    assert order == sorted(order)
    waiting = [t for t in facts.tandems if t.state in {"proposed", "chemistry"}]
    assert sum(action.kind in {Kind.ANSWER_PROPOSAL, Kind.CONFIRM, Kind.RECORD_MEETING,
               Kind.WAITING_FOR_OTHER} for action in found) == len(waiting)  # fmt: skip


def test_every_kind_has_words_that_can_be_filled():
    assert set(WORDS) == set(Kind)
    values = {"about": "A", "context": "B", "count": 2}
    for words in WORDS.values():
        for text in (words.title, words.text):
            assert "%(" not in str(text % values)
    assert set(Kind) > CALM


def test_one_and_many_are_told_apart():
    def text(count):
        facts = Facts(cohorts=[CohortFacts(1, "X", people=9, deadlines_near=count)])
        return card(actions(facts)[0]).text

    assert "1" not in text(1)
    assert "3" in text(3)


def test_every_card_leads_somewhere():
    everything = Facts(
        tandems=[tandem(), tandem("chemistry"), tandem("active")],
        places=[
            PlaceFacts("A", "joined", is_complete=False),
            PlaceFacts("B", "joined", is_complete=True),
            PlaceFacts("C", "paused", is_complete=True),
        ],
        cohorts=[
            CohortFacts(1, "empty"),
            CohortFacts(2, "faults", people=1, import_errors=1, is_run_failed=True),
            CohortFacts(3, "failed", people=1, is_import_failed=True, run_ready=4),
            CohortFacts(4, "ready", people=1, mentees_ready=1, seats_free=1, incomplete=1),
            CohortFacts(5, "open", people=1, is_import_open=True, deadlines_near=1),
        ],
        empty_programmes=[(1, "P")],
        owns=1,
        is_operator=True,
        mails_failed=1,
    )
    cards = [card(action) for action in actions(everything)]
    assert len({entry.action.kind for entry in cards}) >= 18
    assert [entry.action.kind for entry in cards if not entry.url] == [Kind.MAILS_FAILED]
