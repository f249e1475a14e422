"""Colours that can be read, and logos that hide nothing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tandemwerk.programmes.errors import AccentTooLight, LogoRefused
from tandemwerk.programmes.services.branding import (
    LOGO_BOX,
    accent_check,
    contrast,
    logo_check,
)

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def picture(form="PNG", size=(900, 100), **options):
    buffer = io.BytesIO()
    Image.new("RGB", size, "#0b5d63").save(buffer, form, **options)
    return buffer.getvalue()


@given(one=colours, other=colours)
def test_contrast_is_the_same_both_ways_and_has_its_limits(one, other):
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21
    assert contrast(one, one) == 1


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffee00", "#777777", "red", "#12345", "javascript:"])
def test_what_can_not_be_read_is_refused(colour):
    with pytest.raises(AccentTooLight):
        accent_check(colour)


@pytest.mark.parametrize(("sent", "kept"), [(" #0B5D63 ", "#0b5d63"), ("", "")])
def test_a_colour_is_kept_in_one_spelling(sent, kept):
    assert accent_check(sent) == kept


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_becomes_a_small_png_and_tells_nothing_more(form):
    hidden = PngInfo()
    hidden.add_text("Comment", "Nachtigall")
    options = {"pnginfo": hidden} if form == "PNG" else {"comment": b"Nachtigall"}
    sent = picture(form, **options)
    assert b"Nachtigall" in sent
    kept = logo_check(sent)
    assert b"Nachtigall" not in kept
    with Image.open(io.BytesIO(kept)) as image:
        assert image.format == "PNG"
        assert image.width <= LOGO_BOX[0]
        assert image.height <= LOGO_BOX[1]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n\x1a\n" + b"x" * 100,
        b"x" * (1024 * 1024 + 1),
        picture("GIF"),
        picture(size=(5000, 4000)),
    ],
)
def test_what_is_no_still_picture_is_refused(data):
    with pytest.raises(LogoRefused):
        logo_check(data)
