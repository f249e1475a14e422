"""What is wrong with a pair that was given, as a sentence with what to do: German, English."""

from collections.abc import Mapping

_AT = ("{file}, Zeile {row}, Spalte „{column}“: ", "{file}, row {row}, column “{column}”: ")

_GIVEN: Mapping[str, tuple[str, str]] = {
    "pair_incomplete": (
        "Die ID fehlt. Bitte beide Personen des Paares nennen.",
        "the ID is missing. Please name both people of the pair.",
    ),
    "pair_person_unknown": (
        "„{person}“ steht nicht in der Liste. Bitte die ID prüfen.",
        "“{person}” is not on the list. Please check the ID.",
    ),
    "pair_forbidden": (
        "{mentee} und {mentor} sind in {other}, Zeile {other_row}, zugleich ausgeschlossen. "
        "Bitte eine der beiden Zeilen entfernen.",
        "{mentee} and {mentor} are excluded in {other}, row {other_row}, at the same time. "
        "Please remove one of the two rows.",
    ),
    "pair_without_seat": (
        "{person} hat {seats} Plätze, festgelegt sind mehr. "
        "Bitte Plätze ergänzen oder die Zeile entfernen.",
        "{person} has {seats} seats, more are fixed. Please add seats or remove the row.",
    ),
    "pair_against_rule": (
        "{mentee} und {mentor} können nach den Regeln des Programms kein Paar sein, etwa ohne "
        "gemeinsame Sprache. Bitte die Zeile entfernen oder das Profil ändern.",
        "{mentee} and {mentor} can be no pair by the rules of the programme, for example without a "
        "shared language. Please remove the row or change the profile.",
    ),
}

# code -> (German, English); placeholders are the error's params.
PAIR_ERRORS: Mapping[str, tuple[str, str]] = {
    **{code: (_AT[0] + de, _AT[1] + en) for code, (de, en) in _GIVEN.items()},
    "lock_unknown": (
        "„{person}“ soll festgelegt werden, gehört aber nicht dazu.",
        "“{person}” is to be fixed, but is not one of the people.",
    ),
}
