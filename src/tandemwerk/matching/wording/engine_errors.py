"""What is wrong with scores, seats, pairs and people given in code, in German and English.

Rows and columns are those of the matrix, counted from 0.
"""

from collections.abc import Mapping

# code -> (German, English); placeholders are the error's params.
ENGINE_ERRORS: Mapping[str, tuple[str, str]] = {
    "capacity_missing": (
        "Die Plätze fehlen: Für {mentors} Mentor:innen wird je eine Zahl gebraucht.",
        "The seats are missing: one number for each of {mentors} mentors is needed.",
    ),
    "capacity_shape": (
        "Die Plätze haben die Form {shape}, gebraucht wird eine Zahl für jede:n von {mentors} "
        "Mentor:innen.",
        "The seats have the shape {shape}, one number for each of {mentors} mentors is needed.",
    ),
    "seats_negative": (
        "Spalte {column}: {value} Plätze gibt es nicht. Möglich sind 0 und mehr.",
        "Column {column}: there are no {value} seats. 0 and more are possible.",
    ),
    "seats_negative_of_person": (
        "{person}: „{value}“ ist keine Zahl von Plätzen. Möglich sind 0 und mehr.",
        "{person}: “{value}” is not a number of seats. 0 and more are possible.",
    ),
    "seats_not_whole": (
        "Spalte {column}: „{value}“ ist keine ganze Zahl von Plätzen.",
        "Column {column}: “{value}” is not a whole number of seats.",
    ),
    "cardinality_unknown": (
        "„{cardinality}“ gibt es nicht. Zur Wahl stehen „most“ und „free“.",
        "There is no “{cardinality}”. The choices are “most” and “free”.",
    ),
    "objective_unknown": (
        "Das Ziel „{objective}“ gibt es nicht. Zur Wahl stehen „total“, „stable“, „fair“ und "
        "„balanced“.",
        "There is no objective “{objective}”. The choices are “total”, “stable”, “fair” and "
        "“balanced”.",
    ),
    "time_limit_unusable": (
        "„{time_limit}“ ist keine Zeit. Gebraucht werden Sekunden ab 0.",
        "“{time_limit}” is not a time. Seconds from 0 are needed.",
    ),
    "scores_not_a_matrix": (
        "Die Passungen haben die Form {shape}. Gebraucht wird eine Tabelle: Mentees × "
        "Mentor:innen.",
        "The fits have the shape {shape}. A table is needed: mentees × mentors.",
    ),
    "scores_not_numbers": (
        "Die Passungen sind keine Zahlen ({detail}).",
        "The fits are not numbers ({detail}).",
    ),
    "scores_too_large": (
        "Die Passungen sind zu groß, um sie zusammenzuzählen. Bitte alle durch dieselbe Zahl "
        "teilen.",
        "The fits are too large to be added up. Please divide all by the same number.",
    ),
    "floor_out_of_range": (
        "{floor} ist keine Untergrenze für die Passung: Passungen liegen zwischen 0 und 1. Zum "
        "Beispiel: 0.4",
        "{floor} is no lowest fit: fits lie between 0 and 1. For example: 0.4",
    ),
    "column_not_whole": (
        "Zeile {row}: „{value}“ ist keine Spalte. Gebraucht werden ganze Zahlen.",
        "Row {row}: “{value}” is not a column. Whole numbers are needed.",
    ),
    "mentor_of_not_whole": (
        "Zeile {row}: „{value}“ ist keine Spalte. Gebraucht wird eine ganze Zahl, oder -1 für "
        "niemanden.",
        "Row {row}: “{value}” is not a column. A whole number is needed, or -1 for nobody.",
    ),
    "mentor_of_outside": (
        "Zeile {row}: Eine Spalte {column} gibt es nicht.",
        "Row {row}: there is no column {column}.",
    ),
    "mentor_of_shape": (
        "Die Zuordnung hat die Form {shape}, gebraucht wird eine Zahl für jede:n von {mentees} "
        "Mentees.",
        "The assignment has the shape {shape}, one number for each of {mentees} mentees is needed.",
    ),
    "pair_not_places": (
        "„{pair}“ ist kein Paar aus Zeile und Spalte.",
        "“{pair}” is not a pair of a row and a column.",
    ),
    "eligible_not_ids": (
        "„{value}“ ist keine Auswahl. Gebraucht werden IDs oder ein Ja oder Nein je Person.",
        "“{value}” is not a selection. IDs are needed, or a yes or no for each person.",
    ),
    "recommendations_number": (
        "„{value}“ ist keine Anzahl von Vorschlägen. Möglich sind 0 und mehr.",
        "“{value}” is not a number of recommendations. 0 and more are possible.",
    ),
    "id_missing": (
        "Einer Person ({person}) fehlt die ID.",
        "A person ({person}) has no ID.",
    ),
    "experience_out_of_range": (
        "{person}: {value} ist keine Zahl von Berufsjahren. Möglich sind 0 und mehr.",
        "{person}: {value} is not a number of years of work. 0 and more are possible.",
    ),
    "week_out_of_range": (
        "{person}: Die Zeiten der Woche reichen über ihre 168 Stunden hinaus.",
        "{person}: the times of the week go beyond its 168 hours.",
    ),
    "format_unknown": (
        "{person}: Möglich sind „online“ und „on_site“, nicht {value}.",
        "{person}: “online” and “on_site” are possible, not {value}.",
    ),
    "not_a_set": (
        "{person}, {field}: Gebraucht wird eine Menge von Texten, nicht der Text „{value}“.",
        "{person}, {field}: a set of texts is needed, not the text “{value}”.",
    ),
    "value_out_of_range": (
        "{person}, {field}: {value} ist keine Antwort von 1 bis 5.",
        "{person}, {field}: {value} is not an answer from 1 to 5.",
    ),
    "entry_twice": (
        "{person}, {field}: Ein Eintrag steht zweimal da: {value}",
        "{person}, {field}: an entry is there twice: {value}",
    ),
    "lengths_differ": (
        "„{column}“ hat {found} Werte, gebraucht werden {rows}.",
        "“{column}” has {found} values, {rows} are needed.",
    ),
    "number_not_finite": (
        "Zeile {row}, „{column}“: Die Zahl ist unendlich.",
        "Row {row}, “{column}”: the number is infinite.",
    ),
    "outcome_not_binary": (
        "Zeile {row}, „{column}“: {value} ist weder 0 noch 1. Fehlen darf eine Antwort nur neben "
        "einer 0.",
        "Row {row}, “{column}”: {value} is neither 0 nor 1. An answer may be missing only beside "
        "a 0.",
    ),
    "pair_twice": (
        "Zeile {row}: {a} und {b} sind sich in dieser Gruppe schon in Zeile {first} begegnet.",
        "Row {row}: {a} and {b} have already met in row {first} of this group.",
    ),
    "pair_unknown": (
        "Das Paar {pair} zeigt auf eine Zeile oder Spalte, die es nicht gibt.",
        "The pair {pair} points to a row or column that does not exist.",
    ),
    "pair_with_self": (
        "Zeile {row}: {person} steht auf beiden Seiten.",
        "Row {row}: {person} is on both sides.",
    ),
    "prior_out_of_range": (
        "Zeile {row}, „{column}“: Der Wert liegt nicht zwischen 0 und 1.",
        "Row {row}, “{column}”: the value is not between 0 and 1.",
    ),
}
