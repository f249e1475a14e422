"""The public page says what really happens: its table against every address it speaks of."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tandemwerk.core.access import Actor
from tandemwerk.reports.selectors.readers import (
    COLUMNS,
    KINDS,
    actors_of,
    addresses_of,
    columns_about_people,
    kind_of,
    who_can_read_what,
)
from tests.integration.guards.test_access_matrix import DATA, PARTS
from tests.integration.guards.urls import addresses
from tests.world import build_world

KWARGS = {address.view_name: address.kwargs for address in addresses()}
DOC = Path(__file__).parents[3] / "docs/explanation/protected-room.md"


@pytest.fixture(autouse=True)
def relaxed(settings):
    settings.DEMO = True  # staff without a second factor, so that rights alone are tested


def test_every_column_about_people_is_on_the_page():
    assert [column for column in columns_about_people() if kind_of(column) is None] == []
    shown = [field for row in who_can_read_what() for field in row.fields]
    assert sorted(shown) == columns_about_people()


@translation.override("en")
def test_the_room_is_read_by_its_members_alone():
    room = next(row for row in who_can_read_what() if row.key == "room")
    read = [str(cell.column) for cell in room.cells if cell.is_read]
    assert read == ["You", "Your tandem"]
    assert len(addresses_of(next(kind for kind in KINDS if kind.key == "room"))) >= 4


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.shown], ids=lambda kind: kind.key)
def test_what_the_page_says_is_what_happens(kind):
    world = build_world(tandem_state="active")
    opened = set()
    for name in addresses_of(kind):
        kwargs = {part: world.objects.get(part, PARTS.get(part)) for part in KWARGS[name]}
        if None in kwargs.values():
            continue
        data = {k: world.objects.get(str(v), v) for k, v in DATA.get(name, {}).items()}
        for actor, user in world.people.items():
            client = Client()
            if user is not None:
                client.cookies = world.cookies(actor)
            answer = client.get(reverse(name, kwargs=kwargs), data)
            if answer.status_code == 200:
                opened.add(actor)
    assert opened == actors_of(kind)


@pytest.mark.django_db
def test_own_pages_show_nothing_of_others():
    world = build_world(tandem_state="active")
    mentor = world.people[Actor.MENTOR]
    for name in {name for kind in KINDS for name in kind.own if not KWARGS[name]}:
        for actor, user in world.people.items():
            if user is None or actor in {Actor.MENTOR, Actor.MENTEE}:
                continue
            client = Client()
            client.force_login(user)
            page = client.get(reverse(name)).content.decode()
            assert mentor.email not in page, (name, actor)


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_is_public_and_whole_in_both_languages(client, language):
    with translation.override(language):
        wanted = [str(row.label) for row in who_can_read_what()]
    answer = client.get(reverse("who_can_read_what"), headers={"Accept-Language": language})
    page = re.sub(r"\s+", " ", answer.content.decode())
    assert answer.status_code == 200
    assert all(label in page for label in wanted)
    assert "rooms.Goal.body" in page


@pytest.mark.django_db
def test_it_is_linked_for_guests_and_in_the_room(client):
    link = f'href="{reverse("who_can_read_what")}"'
    assert client.get(reverse("home")).content.decode().count(link) == 2
    world = build_world(tandem_state="active")
    client.force_login(world.people[Actor.MENTEE])
    room = client.get(reverse("rooms:goal_list", args=[world.tandem.pk])).content.decode()
    assert room.count(link) == 2
    assert room.count(f'href="{reverse("safeguarding:report_new")}"') == 2


@translation.override("en")
def table() -> str:
    """The table as the explanation shows it."""
    lines = [["What", *(str(label) for _key, label in COLUMNS)]]
    lines += [
        [str(row.label), *("yes" if cell.is_read else "no" for cell in row.cells)]
        for row in who_can_read_what()
    ]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def test_the_explanation_shows_the_same_table():
    text = DOC.read_text(encoding="utf-8")
    for line in table().splitlines():
        assert line in text, table()
