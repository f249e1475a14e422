"""What files are by their first bytes, and pictures drawn anew without anything hidden. Pure."""

import io
from collections.abc import Collection

import puremagic
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
# What readers of pictures say to something that is none.
BROKEN = (ValueError, OSError, EOFError, RuntimeError, SyntaxError, NotImplementedError)


class PictureTooLarge(Exception):
    """More pixels than are opened."""


def endings_found(data: bytes) -> set[str]:
    """What the first and last bytes are known for, as endings in small letters."""
    try:
        return {match.extension.lstrip(".").lower() for match in puremagic.magic_string(data)}
    except (puremagic.PureError, ValueError):
        return set()


def picture_drawn(
    data: bytes,
    forms: Collection[str],
    *,
    most_pixels: int = MOST_PIXELS,
    as_form: str | None = None,
    box: tuple[int, int] | None = None,
) -> bytes:
    """A still picture, drawn anew: no place, no camera, no hidden text; upright as it was held.

    `forms`: Pillow's names of what it may be, like ``PNG``; `as_form`: what it becomes, else what
    it was; `box`: width and height into which it is made to fit, if it is larger. Raises
    PictureTooLarge, and one of `BROKEN` for what is no such picture. 12 megapixels take about half
    a second and 100 MB.
    """
    try:
        with Image.open(io.BytesIO(data), formats=list(forms)) as image:
            if image.width * image.height > most_pixels:
                raise PictureTooLarge
            if getattr(image, "n_frames", 1) > 1:
                raise ValueError("it moves")
            return _drawn(image, as_form or str(image.format), box)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureTooLarge from error
    except UnidentifiedImageError as error:
        raise ValueError from error


def _drawn(image: Image.Image, form: str, box: tuple[int, int] | None) -> bytes:
    upright = ImageOps.exif_transpose(image)
    is_see_through = upright.has_transparency_data and form != "JPEG"
    mode = "RGBA" if is_see_through else "L" if upright.mode in {"1", "L"} else "RGB"
    drawn = upright if upright.mode == mode else upright.convert(mode)
    drawn.info.clear()  # comments, profiles and the like would be written again
    if box:
        drawn.thumbnail(box)
    buffer = io.BytesIO()
    options = {} if form == "PNG" else {"quality": 90}
    drawn.save(buffer, form, **options)
    return buffer.getvalue()
