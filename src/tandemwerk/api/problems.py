"""What is wrong with a field, in the language of the request, instead of the validator's English.

The validator names each kind of problem and gives its limits; both are stable parts of its
interface. A kind without a sentence here gets the general one: it is rare, and still translated.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

GENERAL = _("This value does not fit here; the OpenAPI document says which do.")
_EMPTY = _("This must not be empty.")
_NUMBER = _("This must be a number.")
_WHOLE = _("This must be a whole number.")
_YES_OR_NO = _("This must be true or false.")
_DAY = _("This must be a date like 2027-01-14.")
_MOMENT = _("This must be a time like 2027-01-14T16:00:00Z.")
_TEXT = _("This must be text.")
_ID = _("This must be an id (UUID) like 0193b9a4-3c1e-7d5a-9f0e-4a1b2c3d4e5f.")
_LIST = _("This must be a list.")
_OBJECT = _("This must be an object.")
_ONE_OF = _("This must be one of: %(expected)s.")

_SENTENCES: dict[str, Any] = {
    "missing": _("This is missing."),
    "extra_forbidden": _("There is no such field here; please check how it is written."),
    "string_type": _TEXT,
    "string_too_short": _("This needs at least %(min_length)s characters."),
    "string_too_long": _("This may have at most %(max_length)s characters."),
    "too_short": _("This needs at least %(min_length)s entries."),
    "too_long": _("This may have at most %(max_length)s entries."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "greater_than": _("This must be more than %(gt)s."),
    "greater_than_equal": _("This must be at least %(ge)s."),
    "less_than": _("This must be less than %(lt)s."),
    "less_than_equal": _("This must be at most %(le)s."),
    "bool_type": _YES_OR_NO,
    "bool_parsing": _YES_OR_NO,
    "date_type": _DAY,
    "date_parsing": _DAY,
    "date_from_datetime_parsing": _DAY,
    "date_from_datetime_inexact": _DAY,
    "datetime_type": _MOMENT,
    "datetime_parsing": _MOMENT,
    "datetime_from_date_parsing": _MOMENT,
    "uuid_type": _ID,
    "uuid_parsing": _ID,
    "string_unicode": _("This holds a character that no text can have."),
    "list_type": _LIST,
    "set_type": _LIST,
    "dict_type": _OBJECT,
    "model_type": _OBJECT,
    "model_attributes_type": _OBJECT,
    "enum": _ONE_OF,
    "literal_error": _ONE_OF,
}


def field_of(error: Mapping[str, Any]) -> str:
    """The field as the caller wrote it: `days.0.start`; "body" for a body that is wrong as such."""
    place = [str(part) for part in error["loc"]]
    # Our operations call the whole body `data`; nobody outside knows that name.
    known = 2 if place[:2] == ["body", "data"] else 1
    return ".".join(place[known:]) or place[0]


def problem(error: Mapping[str, Any]) -> str:
    """One sentence about one entry of a list of errors: pydantic's, or of a form of the pages."""
    if "type" not in error:
        return str(error["msg"])  # a form's own words, in the language of the request
    limits = dict(error.get("ctx", {}))
    if "expected" in limits:
        # "'mentee' or 'mentor'": the last join is the validator's English.
        limits["expected"] = str(limits["expected"]).replace(" or ", ", ")
    if error["type"] == "value_error":
        # Our own validators speak the language of the request already.
        return str(limits.get("error") or GENERAL)
    if error["type"] == "string_too_short" and limits.get("min_length") == 1:
        return str(_EMPTY)
    return str(_SENTENCES.get(error["type"], GENERAL)) % limits
