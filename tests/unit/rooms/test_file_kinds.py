"""Files are what their names say, and pictures tell nothing but what is on them."""

import io
import zipfile

import pytest
from PIL import Image, PngImagePlugin

from tandemwerk.rooms.errors import FileDiffers, FileKindRefused, ImageTooLarge
from tandemwerk.rooms.services import file_kinds
from tandemwerk.rooms.services.file_kinds import KINDS, file_check

CANARY = b"geheimer-ort-4711"
OOXML = "application/vnd.openxmlformats-officedocument."


def picture(form, size=(40, 20), **save):
    buffer = io.BytesIO()
    Image.new("RGB", size, "teal").save(buffer, form, **save)
    return buffer.getvalue()


def zipped(members):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def ooxml(part):
    types = f'<Types><Override ContentType="{OOXML}{part}.main+xml"/></Types>'
    return zipped({"[Content_Types].xml": types, "word/document.xml": "<x/>"})


def odf(kind):
    return zipped({"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": "<x/>"})


GOOD = {
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n",
    "jpg": picture("JPEG"),
    "jpeg": picture("JPEG"),
    "png": picture("PNG"),
    "webp": picture("WEBP"),
    "docx": ooxml("wordprocessingml.document"),
    "xlsx": ooxml("spreadsheetml.sheet"),
    "pptx": ooxml("presentationml.presentation"),
    "odt": odf("text"),
    "ods": odf("spreadsheet"),
    "odp": odf("presentation"),
    "txt": "Grüße vom Flipchart".encode(),
    "md": b"# Agenda\n- first\n",
    "csv": b"a;b\r\n1;2\r\n",
}


def test_every_kind_has_a_good_file_here():
    assert GOOD.keys() == KINDS.keys()


@pytest.mark.parametrize("ending", sorted(GOOD))
def test_a_good_file_is_taken(ending):
    checked = file_check(f"Unser Plan.{ending.upper()}", GOOD[ending])
    assert checked.name == f"Unser Plan.{ending}"
    assert checked.type == KINDS[ending].type


SAME = {("jpg", "jpeg"), ("jpeg", "jpg"), ("txt", "md"), ("txt", "csv"), ("md", "txt")}
SAME |= {("md", "csv"), ("csv", "txt"), ("csv", "md")}


@pytest.mark.parametrize("claim", sorted(GOOD))
@pytest.mark.parametrize("truth", sorted(GOOD))
def test_a_file_is_what_it_claims(claim, truth):
    if claim == truth or (claim, truth) in SAME:
        file_check(f"x.{claim}", GOOD[truth])
        return
    with pytest.raises(FileDiffers):
        file_check(f"x.{claim}", GOOD[truth])


@pytest.mark.parametrize("name", ["x.exe", "x.html", "x.svg", "x.zip", "x.doc", "x", "", ".pdf.js"])
def test_other_kinds_are_refused(name):
    with pytest.raises(FileKindRefused):
        file_check(name, b"%PDF-1.7")


@pytest.mark.parametrize("ending", sorted(GOOD.keys() - {"txt", "md", "csv", "pdf"}))
def test_half_a_file_is_none(ending):
    with pytest.raises(FileDiffers):
        file_check(f"x.{ending}", GOOD[ending][: len(GOOD[ending]) // 2])


@pytest.mark.parametrize(
    "data", [b"MZ\x90\0\x03", b"\x7fELF\x02", b"null\0byte", b"bell\x07", b"\x81\x8d"]
)
def test_text_is_text(data):
    with pytest.raises(FileDiffers):
        file_check("x.txt", data)


def test_text_as_windows_writes_it_is_kept_as_utf8():
    assert file_check("x.txt", "Größe".encode("cp1252")).data == "Größe".encode()


def test_a_document_with_a_program_inside_is_refused():
    types = f'<Override ContentType="{OOXML}wordprocessingml.document.main+xml"/>'
    data = zipped({"[Content_Types].xml": types, "word/vbaProject.bin": "x"})
    with pytest.raises(FileDiffers):
        file_check("x.docx", data)


@pytest.mark.parametrize("name", ["../../etc/x.txt", "C:\\Users\\ada\\x.txt", "a/b\\x.txt"])
def test_a_name_has_no_folders(name):
    assert file_check(name, b"x").name == "x.txt"


def test_a_name_has_no_control_characters_and_an_end():
    assert file_check("a\r\nb\u202e.txt", b"x").name == "ab.txt"
    assert len(file_check("ä" * 500 + ".txt", b"x").name) == file_kinds.LONGEST_NAME + 4
    assert file_check(" . .txt", b"x").name == "file.txt"


def exif():
    found = Image.Exif()
    found[0x010E] = CANARY.decode()  # description
    found[0x0112] = 6  # turned by a quarter
    found.get_ifd(0x8825)[29] = CANARY.decode()  # place
    return found


@pytest.mark.parametrize(("ending", "form"), [("jpg", "JPEG"), ("png", "PNG"), ("webp", "WEBP")])
def test_pictures_lose_what_they_tell_and_stand_upright(ending, form):
    more = {"comment": CANARY} if form == "JPEG" else {}
    if form == "PNG":
        info = PngImagePlugin.PngInfo()
        info.add_text("Comment", CANARY.decode())
        more = {"pnginfo": info}
    data = picture(form, exif=exif(), **more) + CANARY
    assert CANARY in data
    clean = file_check(f"x.{ending}", data).data
    assert CANARY not in clean
    with Image.open(io.BytesIO(clean)) as image:
        assert image.size == (20, 40)
        assert not image.getexif()


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_of_colour_are_taken(mode):
    buffer = io.BytesIO()
    form, ending = ("JPEG", "jpg") if mode == "CMYK" else ("PNG", "png")
    Image.new(mode, (8, 8)).save(buffer, form)
    file_check(f"x.{ending}", buffer.getvalue())


@pytest.mark.parametrize("size", [(9000, 9000), (20000, 20000)])
def test_pictures_that_unfold_without_end_are_refused(size):
    buffer = io.BytesIO()
    Image.new("1", size).save(buffer, "PNG")
    assert len(buffer.getvalue()) < 100_000
    with pytest.raises(ImageTooLarge):
        file_check("x.png", buffer.getvalue())


def test_moving_pictures_are_refused():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    with pytest.raises(FileDiffers):
        file_check("x.webp", buffer.getvalue())
