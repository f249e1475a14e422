"""What is wrong with a file of meetings or a learned model, in German and English."""

from collections.abc import Mapping

# code -> (German, English); placeholders are the error's params.
LEARNING_ERRORS: Mapping[str, tuple[str, str]] = {
    "column_needed": (
        "{file}: Die Spalte „{column}“ fehlt. Gebraucht werden a, b, group, outcome_a, outcome_b.",
        "{file}: the column “{column}” is missing. Needed are a, b, group, outcome_a, outcome_b.",
    ),
    "feature_one_sided": (
        "{file}, Zeile {row}: Zur Spalte „{column}“ fehlt „{other}“. Merkmale stehen auf beiden "
        "Seiten.",
        "{file}, row {row}: column “{column}” lacks “{other}”. Features stand on both sides.",
    ),
    "meetings_missing": (
        "{file} hat eine Kopfzeile, aber keine Begegnungen.",
        "{file} has a header, but no meetings.",
    ),
    "cell_needed": (
        "{file}, Zeile {row}, Spalte „{column}“: Die Zelle darf nicht leer sein.",
        "{file}, row {row}, column “{column}”: the cell must not be empty.",
    ),
    "outcome_not_0_or_1": (
        "{file}, Zeile {row}, Spalte „{column}“: Erwartet wird 0 oder 1 (würde sich wieder "
        "treffen), nicht „{value}“.",
        "{file}, row {row}, column “{column}”: 0 or 1 is expected (would meet again), not "
        "“{value}”.",
    ),
    "meets_self": (
        "{file}, Zeile {row}, Spalte „{column}“: {person} steht auf beiden Seiten. Dieselbe ID "
        "ist überall dieselbe Person.",
        "{file}, row {row}, column “{column}”: {person} is on both sides. The same ID is the same "
        "person everywhere.",
    ),
    "meets_twice": (
        "{file}, Zeile {row}, Spalte „{column}“: {a} und {b} stehen in dieser Gruppe schon in "
        "Zeile {first}. Bitte eine der Zeilen entfernen.",
        "{file}, row {row}, column “{column}”: {a} and {b} are already in row {first} of this "
        "group. Please remove one of the rows.",
    ),
    "mirror_disagrees": (
        "{file}, Zeile {row}, Spalte „{column}“: Dieselbe Begegnung steht mit vertauschten Seiten "
        "in Zeile {first}, dort aber mit anderen Antworten.",
        "{file}, row {row}, column “{column}”: the same meeting is in row {first} with the sides "
        "exchanged, but with other answers.",
    ),
    "number_unreadable": (
        "{file}, Zeile {row}, Spalte „{column}“: „{value}“ ist keine Zahl, sonst stehen dort "
        "Zahlen. Was fehlt, bleibt leer.",
        "{file}, row {row}, column “{column}”: “{value}” is not a number, the others there are. "
        "Leave empty what is missing.",
    ),
    "number_not_finite_in_file": (
        "{file}, Zeile {row}, Spalte „{column}“: „{value}“ ist keine brauchbare Zahl. Was fehlt, "
        "bleibt leer.",
        "{file}, row {row}, column “{column}”: “{value}” is not a usable number. Leave empty what "
        "is missing.",
    ),
    "prior_not_0_to_1": (
        "{file}, Zeile {row}, Spalte „{column}“: „{value}“ liegt nicht zwischen 0 und 1.",
        "{file}, row {row}, column “{column}”: “{value}” is not between 0 and 1.",
    ),
    "too_many_features": (
        "{features} Merkmale sind zu viele, erlaubt sind {limit}.",
        "{features} features are too many, {limit} are allowed.",
    ),
    "feature_missing": (
        "Das Merkmal „{column}“ fehlt, mit dem gelernt wurde.",
        "The feature “{column}”, which was learned with, is missing.",
    ),
    "feature_kind": (
        "Das Merkmal „{column}“ ist hier Zahl, dort Kategorie. Es muss sein wie beim Lernen.",
        "The feature “{column}” is a number here and a category there. It must be as learned.",
    ),
    "model_unreadable": (
        "{file} ist kein gelerntes Modell dieser Version. Bitte neu lernen.",
        "{file} is not a learned model of this version. Please learn again.",
    ),
}
