"""What is written in a room can be written without a connection: its forms wait in the outbox."""

import re
from pathlib import Path

ROOMS = Path(__file__).parents[3] / "src/tandemwerk/rooms/templates/rooms"
FORM = re.compile(r"<form\b(?:[^>{]|\{[{%].*?[%}]\})*>")
# Looking something up is no writing; a file does not fit into the outbox; an open note sends its
# own steps (note.js).
NO_WRITING = 'role="search"'
WITHOUT = {"files.html": "multipart/form-data", "note_edit.html": 'autocomplete="off"'}


def writing_forms() -> list[tuple[str, str]]:
    """Name of the template and opening tag of each form that changes something in a room."""
    found = [
        (path.name, tag)
        for path in sorted(ROOMS.glob("*.html"))
        for tag in FORM.findall(path.read_text(encoding="utf-8"))
        if 'method="post"' in tag and NO_WRITING not in tag
    ]
    return [(name, tag) for name, tag in found if WITHOUT.get(name, tag + ">") not in tag]


def test_every_writing_form_of_a_room_waits_without_a_connection():
    forms = writing_forms()
    assert len(forms) > 20
    assert [(name, tag) for name, tag in forms if "data-offline" not in tag] == []
