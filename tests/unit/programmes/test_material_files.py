import io

import pytest
from PIL import Image

from tandemwerk.programmes.errors import MaterialKindRefused, MaterialTooLarge
from tandemwerk.programmes.services.material_files import MAX_MATERIAL_BYTES, material_check

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def picture(kind):
    data = io.BytesIO()
    Image.new("RGB", (3, 2)).save(data, kind)
    return data.getvalue()


@pytest.mark.parametrize(
    ("kind", "ending", "type_"),
    [
        ("PNG", "png", "image/png"),
        ("JPEG", "jpg", "image/jpeg"),
        ("GIF", "gif", "image/gif"),
        ("WEBP", "webp", "image/webp"),
    ],
)
def test_pictures_are_known_by_what_they_are(kind, ending, type_):
    found = material_check("C:\\docs\\plan.exe", picture(kind))
    assert (found.name, found.type) == (f"plan.{ending}", type_)


def test_a_pdf_keeps_its_name():
    assert material_check("Leitfaden Gespräche.pdf", PDF).name == "Leitfaden Gespräche.pdf"
    assert material_check("", PDF).name == "file.pdf"
    assert len(material_check("x" * 500 + ".pdf", PDF).name) <= 124


@pytest.mark.parametrize(
    "data", [b"", b"<html><script>", b"MZ\x90\x00", b"PK\x03\x04", b"RIFF\0\0\0\0WAVEfmt "]
)
def test_anything_else_is_refused_whatever_its_name(data):
    with pytest.raises(MaterialKindRefused):
        material_check("harmless.pdf", data)


def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(MaterialTooLarge):
        material_check("big.pdf", PDF + bytes(MAX_MATERIAL_BYTES))
