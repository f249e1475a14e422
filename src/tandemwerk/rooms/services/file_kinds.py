"""Which files a room takes, and what they must be inside: what a file claims is what it is."""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from tandemwerk.core.pictures import MOST_PIXELS, PictureTooLarge, endings_found, picture_drawn
from tandemwerk.rooms.errors import FileDiffers, FileKindRefused, ImageTooLarge

MOST_OF_PART = 1024 * 1024  # a list of contents is small; a bomb is not read to its end
# What the readers of all these formats say to something that is none.
BROKEN = (
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
    SyntaxError,
    NotImplementedError,
    zipfile.BadZipFile,
    zlib.error,
)
LONGEST_NAME = 120
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """`type`: media type as served. `clean(data)`: the content, proven; raises one of BROKEN."""

    type: str
    clean: Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be kept."""

    name: str
    type: str
    data: bytes


def file_check(name: str, data: bytes) -> Checked:
    """Prove that a file is what its name says, and clean it: pictures lose where and with what.

    Raises FileKindRefused, FileDiffers, ImageTooLarge. A picture of 12 megapixels takes about half
    a second and 100 MB.
    """
    stem, ending = _name_parts(name)
    kind = KINDS.get(ending)
    if kind is None:
        raise FileKindRefused
    try:
        clean = kind.clean(data)
    except BROKEN as error:
        raise FileDiffers(ending=ending) from error
    return Checked(name=f"{stem}.{ending}", type=kind.type, data=clean)


def _name_parts(name: str) -> tuple[str, str]:
    """The name without folders and control characters, and its ending in small letters."""
    last = unicodedata.normalize("NFC", re.split(r"[/\\]", name)[-1])
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C")
    stem, _dot, ending = shown.rpartition(".")
    return stem.strip(" .")[:LONGEST_NAME] or "file", ending.strip().lower()


def _pdf(data: bytes) -> bytes:
    if "pdf" not in endings_found(data) or not data.startswith(b"%PDF-"):
        raise ValueError
    return data


def _text(data: bytes) -> bytes:
    """Words in UTF-8 or as Windows writes them, kept as UTF-8; nothing that is known as binary."""
    if endings_found(data) & BINARY or b"\0" in data:
        raise ValueError
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if any(unicodedata.category(letter) == "Cc" and letter not in "\t\n\r\f" for letter in text):
        raise ValueError
    return text.encode()


def _zipped(part: str, content: bytes) -> Callable[[bytes], bytes]:
    """An office document: a zip whose member `part` holds `content`, and no program inside."""

    def clean(data: bytes) -> bytes:
        if "zip" not in endings_found(data) and not data.startswith(b"PK\x03\x04"):
            raise ValueError
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if any(
                name.lower().endswith(("vbaproject.bin", ".exe")) for name in archive.namelist()
            ):
                raise ValueError
            try:
                with archive.open(part) as member:
                    found = member.read(MOST_OF_PART)
            except KeyError as error:
                raise ValueError from error
        if content not in found:
            raise ValueError
        return data

    return clean


def _picture(form: str, endings: set[str]) -> Callable[[bytes], bytes]:
    """A still picture, drawn anew: no place, no camera, no hidden text; upright as it was held."""

    def clean(data: bytes) -> bytes:
        if not endings_found(data) & endings:
            raise ValueError
        try:
            return picture_drawn(data, [form])
        except PictureTooLarge as error:
            raise ImageTooLarge(most=MOST_PIXELS // 1_000_000) from error

    return clean


_JPEG = Kind("image/jpeg", _picture("JPEG", {"jpg", "jpeg", "jpe", "jfif"}))
_TEXT = Kind("text/plain; charset=utf-8", _text)


def _office(name: str) -> Kind:
    """Word, Excel, PowerPoint: `name` as the standard calls the main part."""
    main = f"{OOXML}{name}.main+xml".encode()
    return Kind(f"{OOXML}{name}", _zipped("[Content_Types].xml", main))


def _open_document(name: str) -> Kind:
    """LibreOffice and others."""
    return Kind(f"{OPEN_DOCUMENT}{name}", _zipped("mimetype", f"{OPEN_DOCUMENT}{name}".encode()))


# By ending. Files that can hold programs (old Office formats, archives, HTML) are not among them.
KINDS: dict[str, Kind] = {
    "pdf": Kind("application/pdf", _pdf),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Kind("image/png", _picture("PNG", {"png"})),
    "webp": Kind("image/webp", _picture("WEBP", {"webp"})),
    "docx": _office("wordprocessingml.document"),
    "xlsx": _office("spreadsheetml.sheet"),
    "pptx": _office("presentationml.presentation"),
    "odt": _open_document("text"),
    "ods": _open_document("spreadsheet"),
    "odp": _open_document("presentation"),
    "txt": _TEXT,
    "md": _TEXT,
    "csv": _TEXT,
}
BINARY = frozenset({"exe", "dll", "zip", "jpe", "jfif"}) | {
    ending for ending, kind in KINDS.items() if kind is not _TEXT
}
