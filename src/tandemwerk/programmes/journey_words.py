"""What is wrong with a journey, in sentences that say what to do."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from i18nfield.strings import LazyI18nString

from tandemwerk.programmes.journey import Fault, Journey, Problem, phase_of

SENTENCES: Mapping[Problem, object] = {
    Problem.NO_PHASES: _("There is no phase yet. Please add at least one."),
    Problem.TOO_MANY: _("These are more than 20 phases. Please join some of them."),
    Problem.KEY_TWICE: _("Two phases have the same key “%(phase)s”. Please give one another key."),
    Problem.NO_TITLE: _("A phase has no name. Please name it in at least one language."),
    Problem.ENDS_TOO_EARLY: _(
        "“%(phase)s” ends before it has begun. Please enter an end after the start."
    ),
    Problem.WEEK_OUTSIDE: _(
        "Something in “%(phase)s” is due in a week outside the phase. Please correct the week."
    ),
    Problem.NO_DUE_TITLE: _(
        "Something in “%(phase)s” is due without words. Please say what it is."
    ),
    Problem.DUE_KEY_TWICE: _(
        "Two things to do have the same key “%(item)s”. Please give one another key."
    ),
}


def sentence(fault: Fault, journey: Journey) -> str:
    """The fault in the reader's language, with the phase's own name."""
    phase = phase_of(journey, fault.phase)
    name = str(LazyI18nString(dict(phase["title"]))) if phase else ""
    return str(SENTENCES[fault.problem]) % {"phase": name or fault.phase, "item": fault.item}
