"""What is wrong with a row of a list, in words: what happened and what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tandemwerk.programmes.services.import_columns import COLUMNS

PROBLEMS: Mapping[str, str | Promise] = {
    # errors: the row stays behind
    "email_missing": _("The mail address is missing. Please add it; the invitation goes there."),
    "email_invalid": _(
        "“%(value)s” is not a mail address. Please correct it, for example jo.beck@example.org"
    ),
    "email_twice": _(
        "The same mail address stands in row %(row)d. Please keep only one of the two rows."
    ),
    "name_missing": _("The name is missing. Please add a given name or a family name."),
    "too_long": _("The text has %(length)d characters; please shorten it to %(most)d."),
    "years_unreadable": _(
        "“%(value)s” is not a number of years. Please write a number such as 12 or 7,5."
    ),
    "years_out_of_range": _("“%(value)s” is too much. Please write years from 0 to %(most)d."),
    "seats_unreadable": _(
        "“%(value)s” is not a number of places. Please write a number from 1 to %(most)d."
    ),
    "seats_below_taken": _("%(taken)d places are already taken. Please write at least %(taken)d."),
    "formats_unknown": _("“%(value)s” is unknown. Please write online, on site or both."),
    "availability_unreadable": _(
        "“%(value)s” can't be read as a time. Please write for example: Tue 14-18, Thu mornings"
    ),
    "answer_unreadable": _("“%(value)s” is no answer. Please write a number from 1 to 5."),
    # warnings: the row is taken over, something in it is not
    "word_unknown": _("“%(value)s” is not on our list and is left out."),
    "topics_unknown": _(
        "Not in the topic catalogue and left out: %(value)s. "
        "The person can choose the right topic in the profile."
    ),
    "topics_too_many": _("%(count)d topics are too many; the first %(most)d are taken."),
    "topics_hidden": _(
        "This programme takes no sensitive topics; left out: %(count)d. "
        "Its settings can change that."
    ),
    "languages_unknown": _("Unknown and left out: %(value)s."),
    "manager_no_email": _("“%(value)s” is not a mail address and is left out."),
    "manager_is_self": _("Nobody is their own line manager; this is left out."),
    "same_name": _(
        "“%(name)s” is also listed with the address %(email)s. "
        "Please check that these are two people."
    ),
    "is_withdrawn": _(
        "This person has left the cohort and stays so. Their page lets you bring them back."
    ),
}


def problem_text(problem: Mapping[str, Any]) -> str:
    """The sentence about a problem, in the active language."""
    return str(PROBLEMS[problem["code"]]) % dict(problem["params"])


def problem_line(problem: Mapping[str, Any]) -> str:
    """The same with the name of the column in front."""
    return f"{COLUMNS[problem['field']].label}: {problem_text(problem)}"
