from datetime import UTC, datetime

import pytest

from tandemwerk.rooms.services.action_items import action_item_add
from tandemwerk.rooms.services.goals import GoalWords, goal_add
from tests.factories.rooms import active_tandem, person_of, room_for
from tests.factories.safeguarding import safeguarder

NOW = datetime(2026, 11, 4, 9, tzinfo=UTC)


@pytest.fixture
def tandem(db):
    """A running tandem with a goal and a task in its room."""
    tandem = active_tandem(NOW)
    goal_add(room=room_for(tandem), words=GoalWords(title="Frei sprechen", why="Mut"), now=NOW)
    action_item_add(room=room_for(tandem, "mentor"), text="Komm abends allein vorbei", now=NOW)
    return tandem


@pytest.fixture
def organisation(tandem):
    return tandem.cohort.programme.organisation


@pytest.fixture
def mentee(tandem):
    return person_of(tandem, "mentee")


@pytest.fixture
def mentor(tandem):
    return person_of(tandem, "mentor")


@pytest.fixture
def readers(organisation):
    """Two safeguarding people."""
    return [safeguarder(organisation, NOW), safeguarder(organisation, NOW)]
