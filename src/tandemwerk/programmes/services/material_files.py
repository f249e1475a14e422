"""Which files a library takes: what the first bytes prove, whatever the name says. Pure."""

import re
from dataclasses import dataclass

from tandemwerk.core.pictures import endings_found
from tandemwerk.programmes.errors import MaterialKindRefused, MaterialTooLarge

MEGABYTE = 1024 * 1024
MAX_MATERIAL_BYTES = 20 * MEGABYTE
LONGEST_NAME = 120
# ending as found → media type and how the file begins
KINDS = {
    "pdf": ("application/pdf", (b"%PDF-",)),
    "png": ("image/png", (b"\x89PNG\r\n\x1a\n",)),
    "jpg": ("image/jpeg", (b"\xff\xd8\xff",)),
    "gif": ("image/gif", (b"GIF87a", b"GIF89a")),
    "webp": ("image/webp", (b"RIFF",)),
}
SAME = {"jpeg": "jpg", "jfif": "jpg", "jpe": "jpg"}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept, under a name that fits what it is."""

    name: str
    type: str


def material_check(name: str, data: bytes) -> Checked:
    """Prove that the bytes are a PDF or a picture. Raises MaterialTooLarge, MaterialKindRefused."""
    if len(data) > MAX_MATERIAL_BYTES:
        raise MaterialTooLarge(most=MAX_MATERIAL_BYTES // MEGABYTE)
    ending = _ending(data)
    if ending is None:
        raise MaterialKindRefused
    stem = re.split(r"[/\\]", name)[-1].rpartition(".")[0] or name
    shown = "".join(letter for letter in stem if letter.isprintable()).strip(" .")
    return Checked(f"{shown[:LONGEST_NAME] or 'file'}.{ending}", KINDS[ending][0])


def _ending(data: bytes) -> str | None:
    known: set[str] = {SAME.get(name, name) for name in endings_found(data)} & KINDS.keys()
    for ending in known:
        begins = KINDS[ending][1]
        if data.startswith(begins) and (ending != "webp" or data[8:12] == b"WEBP"):
            return ending
    return None
