"""What went wrong, as a sentence with what to do, in German and English."""

from collections.abc import Mapping

from ..errors import MatchingError
from ..tables.cells import CellError
from .engine_errors import ENGINE_ERRORS
from .learning_errors import LEARNING_ERRORS
from .pair_errors import PAIR_ERRORS

# code -> (German, English); placeholders are the error's params.
_ERRORS: Mapping[str, tuple[str, str]] = {
    "file_empty": ("{file} ist leer.", "{file} is empty."),
    "file_too_large": (
        "{file} ist zu groß. Erlaubt sind {limit} Byte.",
        "{file} is too large. {limit} bytes are allowed.",
    ),
    "file_is_spreadsheet": (
        "{file} ist eine Arbeitsmappe. Bitte in der Tabellenkalkulation als CSV speichern.",
        "{file} is a workbook. Please save it as CSV in your spreadsheet program.",
    ),
    "encoding_unknown": (
        "{file} ist ab Zeile {row}, Spalte „{column}“ kein lesbarer Text. Bitte als CSV in UTF-8 "
        "speichern.",
        "{file} is not readable text from row {row}, column “{column}” on. Please save it as CSV "
        "in UTF-8.",
    ),
    "encoding_broken": (
        "{file}, Zeile {row}, Spalte „{column}“: Hier steht ein Zeichen ({byte}), das kein UTF-8 "
        "ist, anders als der übrige Text. Bitte die Zelle neu schreiben und als CSV in UTF-8 "
        "speichern.",
        "{file}, row {row}, column “{column}”: there is a character ({byte}) that is not UTF-8, "
        "unlike the other text. Please write the cell anew and save as CSV in UTF-8.",
    ),
    "column_twice": (
        "{file}, Zeile {row}: Die Spalte „{column}“ gibt es zweimal. Bitte eine umbenennen.",
        "{file}, row {row}: there are two columns “{column}”. Please rename one.",
    ),
    "too_many_columns": (
        "{file} hat {columns} Spalten, erlaubt sind {limit}.",
        "{file} has {columns} columns, {limit} are allowed.",
    ),
    "too_many_rows": (
        "{file} hat mehr als {limit} Zeilen. Bitte auf mehrere Dateien verteilen.",
        "{file} has more than {limit} rows. Please split it into several files.",
    ),
    "row_too_long": (
        "{file}, Zeile {row}: {cells} Zellen, die Kopfzeile hat aber nur {columns}.",
        "{file}, row {row}: {cells} cells, but the header has only {columns}.",
    ),
    "row_unreadable": (
        "{file}, Zeile {row}: Die Anführungszeichen gehen nicht auf.",
        "{file}, row {row}: the quotation marks do not match.",
    ),
    "column_unknown": (
        "{file} hat keine Spalte „{column}“. Es gibt: {known}",
        "{file} has no column “{column}”. There are: {known}",
    ),
    "floor_not_finite": (
        "{floor} ist keine Untergrenze für die Passung. Zum Beispiel: 0.4",
        "{floor} is no lowest fit. For example: 0.4",
    ),
    "previous_only_total": (
        "Bisherige Paare lassen sich nur für das Ziel „total“ möglichst beibehalten.",
        "Previous pairs can be kept for the objective “total” only.",
    ),
    "too_many_pairs": (
        "{mentees} Mentees × {mentors} Mentor:innen sind mehr als {limit} Paare. Dafür gibt es nur "
        "das Ziel „total“ und die Datei mit den Paaren; alles andere braucht kleinere Gruppen, "
        "etwa nach Standort.",
        "{mentees} mentees × {mentors} mentors are more than {limit} pairs. For these there are "
        "only the objective “total” and the file of the pairs; anything else needs smaller "
        "groups, by site for example.",
    ),
    "count_out_of_range": (
        "{value} ist keine Anzahl für {side}. Möglich sind 1 bis {limit}.",
        "{value} is not a number for {side}. 1 to {limit} are possible.",
    ),
    "columns_missing": (
        "{file}: Keine Spalte nennt die Personen. "
        "Bitte eine Spalte „Name“, „E-Mail“ oder „ID“ ergänzen.",
        "{file}: no column names the people. Please add a column “Name”, “E-mail” or “ID”.",
    ),
    "rows_missing": (
        "{file} hat eine Kopfzeile, aber keine Personen.",
        "{file} has a header, but no people.",
    ),
    "person_twice": (
        "{person} kommt zweimal vor. Bitte eine der Zeilen entfernen.",
        "{person} appears twice. Please remove one of the rows.",
    ),
    "too_many_topics": (
        "{person} nennt {value} Themen. So viele lassen sich nicht vergleichen.",
        "{person} names {value} topics. That is too many to compare.",
    ),
    "person_twice_in_file": (
        "{file}, Zeile {row}, Spalte „{column}“: {person} steht schon in Zeile {first}.",
        "{file}, row {row}, column “{column}”: {person} is already in row {first}.",
    ),
    "not_toml": (
        "{key} ist keine gültige TOML-Datei: {value}",
        "{key} is not a valid TOML file: {value}",
    ),
    "text_model_missing": (
        "{folder} enthält kein Textmodell: {file} fehlt. Bitte den Ordner eines "
        "model2vec-Modells angeben.",
        "{folder} holds no text model: {file} is missing. Please name the folder of a "
        "model2vec model.",
    ),
    "text_model_extra": (
        "Für Textmodelle fehlt eine Erweiterung. Bitte „tandemwerk[embeddings]“ installieren.",
        "Text models need an extra. Please install “tandemwerk[embeddings]”.",
    ),
    "text_model_unreadable": (
        "Das Textmodell in {folder} lässt sich nicht laden: {detail}",
        "The text model in {folder} can't be loaded: {detail}",
    ),
    "key_unknown": (
        "Kriterien: „{key}“ gibt es nicht.",
        "Criteria: there is no “{key}”.",
    ),
    "criterion_unknown": (
        "Kriterien, {key}: Das Kriterium „{value}“ gibt es nicht.",
        "Criteria, {key}: there is no criterion “{value}”.",
    ),
    "not_a_number": (
        "Kriterien, {key}: „{value}“ ist keine Zahl.",
        "Criteria, {key}: “{value}” is not a number.",
    ),
    "not_a_table": (
        "Kriterien, {key}: Hier wird eine Tabelle erwartet.",
        "Criteria, {key}: a table is expected here.",
    ),
    "not_a_list": (
        "Kriterien, {key}: Hier wird eine Liste erwartet.",
        "Criteria, {key}: a list is expected here.",
    ),
    "not_yes_or_no": (
        "Kriterien, {key}: Hier wird true oder false erwartet.",
        "Criteria, {key}: true or false is expected here.",
    ),
    "weight_out_of_range": (
        "Kriterien, {key}: Das Gewicht {value} liegt nicht zwischen 0 und 10.",
        "Criteria, {key}: the weight {value} is not between 0 and 10.",
    ),
    "weights_all_zero": (
        "Mindestens ein Kriterium braucht ein Gewicht über 0.",
        "At least one criterion needs a weight above 0.",
    ),
    "must_impossible": (
        "Freier Text kann zählen, aber keine Bedingung sein.",
        "Free text can count, but cannot be a condition.",
    ),
    "mode_unknown": (
        "Kriterien, {key}: erlaubt sind „same“ und „different“, nicht „{value}“.",
        "Criteria, {key}: “same” and “different” are allowed, not “{value}”.",
    ),
    "experience_order": (
        "Kriterien, experience: min, ideal und max müssen aufsteigen.",
        "Criteria, experience: min, ideal and max must ascend.",
    ),
    "hours_out_of_range": (
        "Kriterien, {key}: {value} liegt nicht zwischen 0 und 168 Stunden.",
        "Criteria, {key}: {value} is not between 0 and 168 hours.",
    ),
    "lock_twice": (
        "Eine Person ist zweimal festgelegt. Bitte eine der Festlegungen lösen.",
        "One person is fixed twice. Please release one of the two.",
    ),
    "lock_forbidden": (
        "Ein festgelegtes Paar ist zugleich ausgeschlossen.",
        "A fixed pair is excluded at the same time.",
    ),
    "lock_not_allowed": (
        "Ein festgelegtes Paar verstößt gegen eine Regel des Programms.",
        "A fixed pair breaks a rule of the programme.",
    ),
    "locks_exceed_seats": (
        "Für eine:n Mentor:in sind mehr Paare festgelegt, als Plätze da sind ({seats}).",
        "More pairs are fixed for one mentor than there are seats ({seats}).",
    ),
    "cardinality_unfit": (
        "Das Ziel „{objective}“ bringt immer möglichst vielen jemanden; "
        "die freie Zahl an Paaren gibt es bei „total“ und „balanced“.",
        "The objective “{objective}” always matches as many people as it can; "
        "a free number of pairs is offered by “total” and “balanced”.",
    ),
    "views_unused": (
        "Die Sicht der Mentor:innen und Wünsche zählen gesondert nur beim Ziel „stable“, "
        "nicht bei „{objective}“.",
        "The mentors’ view and wishes count on their own only for the objective “stable”, "
        "not for “{objective}”.",
    ),
    "spread_unusable": (
        "„{spread}“ geht nicht als Gewicht der Verteilung. Zum Beispiel: 0,02",
        "“{spread}” cannot weigh the spread of work. For example: 0.02",
    ),
    "keep_unusable": (
        "„{keep}“ geht nicht: „most“ oder eine Zahl ab 0 wird erwartet.",
        "“{keep}” is not usable: “most” or a number from 0 is expected.",
    ),
    "mentor_scores_shape": (
        "Die Sicht der Mentor:innen hat die Form {shape}, erwartet wird {wanted}.",
        "The mentors’ view has the shape {shape}, {wanted} is expected.",
    ),
    "mentor_score_missing": (
        "In der Sicht der Mentor:innen fehlt Zeile {row}, Spalte {column}.",
        "Row {row}, column {column} is missing from the mentors’ view.",
    ),
    "wish_outside": (
        "Ein Wunsch zeigt auf Zeile {row}, Spalte {column}; die gibt es nicht.",
        "A wish points to row {row}, column {column}, which does not exist.",
    ),
    "wish_twice": (
        "Derselbe Wunsch steht zweimal da (Zeile {row}, Spalte {column}).",
        "The same wish is given twice (row {row}, column {column}).",
    ),
    "pair_outside": (
        "Zeile {row}, Spalte {column} gibt es nicht.",
        "There is no row {row}, column {column}.",
    ),
    "group_sizes_shape": (
        "Für {mentors} Mentor:innen werden je zwei Zahlen erwartet: kleinste und größte Gruppe.",
        "Two numbers for each of the {mentors} mentors are expected: smallest and largest group.",
    ),
    "group_size_wrong": (
        "Spalte {column}: Eine Gruppe von {smallest} bis {largest} Personen gibt es nicht.",
        "Column {column}: there is no group of {smallest} to {largest} people.",
    ),
    "group_impossible": (
        "Spalte {column}: Wegen einer Festlegung müsste diese Gruppe zustande kommen, "
        "sie erreicht aber keine {smallest} Personen.",
        "Column {column}: because of a fixed pair this group would have to come about, "
        "but it cannot reach {smallest} people.",
    ),
    "groups_length": (
        "Zu „{attribute}“ gibt es {length} Angaben, aber {mentees} Mentees.",
        "There are {length} entries for “{attribute}”, but {mentees} mentees.",
    ),
    "swap_needs_two_values": (
        "Für die Tauschprobe braucht „{attribute}“ mindestens zwei verschiedene Werte.",
        "For the swap test “{attribute}” needs at least two different values.",
    ),
    "score_infinite": (
        "Zeile {row}, Spalte {column}: Die Passung ist keine endliche Zahl.",
        "Row {row}, column {column}: the fit is not a finite number.",
    ),
    "score_twice": (
        "Zeile {row}, Spalte {column}: Dieses Paar steht zweimal da. Bitte eines entfernen.",
        "Row {row}, column {column}: this pair is there twice. Please remove one.",
    ),
    "score_outside": (
        "Zeile {row}: Eine Spalte {column} gibt es nicht.",
        "Row {row}: there is no column {column}.",
    ),
    "scores_not_csr": (
        "Dünn besetzte Passungen werden im Format CSR gebraucht, nicht als {format}.",
        "Sparse fits are needed in CSR format, not as {format}.",
    ),
    "csr_broken": (
        "Die Zeilengrenzen der CSR-Matrix passen nicht zu ihren Werten.",
        "The row bounds of the CSR matrix do not match its values.",
    ),
    "scores_shape": (
        "Zeile {row}: {columns} Spalten, aber {fits} Passungen.",
        "Row {row}: {columns} columns, but {fits} fits.",
    ),
    "mentee_unknown": (
        "Eine:n Mentee mit der Nummer {row} gibt es hier nicht.",
        "There is no mentee with the number {row} here.",
    ),
    "mentor_outside": (
        "Eine:n Mentor:in mit der Nummer {column} gibt es hier nicht.",
        "There is no mentor with the number {column} here.",
    ),
    **ENGINE_ERRORS,
    **LEARNING_ERRORS,
    **PAIR_ERRORS,
    "person_unknown": (
        "{person} ist nicht dabei.",
        "{person} is not among these people.",
    ),
    "eligible_shape": (
        "Die Auswahl hat die Form {shape}, es sind aber {mentors} Mentor:innen.",
        "The selection has the shape {shape}, but there are {mentors} mentors.",
    ),
    "text_model_other": (
        "Die Texte dieser Mentor:innen hat ein anderes Modell gelesen. "
        "Bitte mit demselben Modell suchen oder sie damit neu einlesen.",
        "The texts of these mentors were read by another model. "
        "Please search with the same model, or read them again with this one.",
    ),
    "candidates_number": (
        "{value} ist keine Zahl von Vorschlägen. Erlaubt ist 1 und mehr.",
        "{value} is not a number of candidates. It must be 1 or more.",
    ),
    "workers_number": (
        "{value} ist keine Zahl von Prozessen. Erlaubt ist 1 und mehr.",
        "{value} is not a number of workers. It must be 1 or more.",
    ),
    "workers_lost": (
        "Die {workers} Prozesse der Suche brechen immer wieder ab. "
        "Bitte prüfen, ob der Speicher reicht.",
        "The {workers} workers of the search keep dying. Please check whether memory suffices.",
    ),
    "ray_missing": (
        "Für die Suche auf mehreren Rechnern fehlt Ray. "
        "Bitte Tandemwerk mit dem Extra „{extra}“ installieren.",
        "Searching on several machines needs Ray. "
        "Please install Tandemwerk with the extra “{extra}”.",
    ),
    "side_empty": ("Es fehlen Personen auf einer Seite.", "There are no people on one side."),
}

_CELLS: Mapping[str, tuple[str, str]] = {
    "too_long": (
        "Der Text hat {length} Zeichen, erlaubt sind {limit}.",
        "The text has {length} characters, {limit} are allowed.",
    ),
    "email_invalid": ("„{value}“ ist keine Mailadresse.", "“{value}” is not an e-mail address."),
    "topics_unknown": (
        "Nicht im Themenkatalog: {unknown}",
        "Not in the topic catalogue: {unknown}",
    ),
    "too_many_entries": (
        "{count} Einträge, erlaubt sind {limit}.",
        "{count} entries, {limit} are allowed.",
    ),
    "languages_unknown": (
        "Keine bekannte Sprache: {unknown}",
        "Not a known language: {unknown}",
    ),
    "years_unreadable": (
        "„{value}“ ist keine Zahl von Jahren. Zum Beispiel: 7",
        "“{value}” is not a number of years. For example: 7",
    ),
    "years_out_of_range": (
        "„{value}“ liegt nicht zwischen 0 und {limit} Jahren.",
        "“{value}” is not between 0 and {limit} years.",
    ),
    "seats_unreadable": (
        "„{value}“ ist keine Zahl von Plätzen. Zum Beispiel: 2",
        "“{value}” is not a number of seats. For example: 2",
    ),
    "seats_out_of_range": (
        "{value} Plätze sind zu viele, erlaubt sind {limit}.",
        "{value} seats are too many, {limit} are allowed.",
    ),
    "formats_unknown": (
        "„online“, „vor Ort“ oder „beides“ wird erwartet, nicht: {unknown}",
        "“online”, “on site” or “both” is expected, not: {unknown}",
    ),
    "availability_unreadable": (
        "Die Zeiten sind bei „{part}“ nicht lesbar. Zum Beispiel: Di 14-18, Do nachmittags",
        "The times are not readable at “{part}”. For example: Tue 14-18, Thu afternoon",
    ),
    "answer_out_of_range": (
        "„{value}“ ist keine Antwort von 1 bis 5.",
        "“{value}” is not an answer from 1 to 5.",
    ),
    "person_nameless": (
        "Name, E-Mail und ID fehlen. Eines davon wird gebraucht.",
        "Name, e-mail and ID are missing. One of them is needed.",
    ),
}

_PLACE = ("{file}, Zeile {row}, Spalte „{column}“: ", "{file}, row {row}, column “{column}”: ")
_OTHER = ("Das hat nicht geklappt: {detail}", "This did not work: {detail}")


def error_text(error: MatchingError, language: str) -> str:
    """A sentence per problem, one a line. A code without a sentence gives its technical form."""
    side = 0 if language == "de" else 1
    problems = error.params.get("problems")
    if isinstance(problems, tuple):
        return "\n".join(
            _PLACE[side].format(file=error.params["file"], row=p.row, column=p.column)
            + cell_text(p.error, language)
            for p in problems
        )
    code = error.code
    if code == "person_twice" and "file" in error.params:
        code = "person_twice_in_file"
    if code == "seats_negative" and "person" in error.params:
        code = "seats_negative_of_person"
    if code not in _ERRORS:
        return _OTHER[side].format(detail=error)
    return _ERRORS[code][side].format(**error.params)


def cell_text(error: CellError, language: str) -> str:
    """The sentence about a cell."""
    values = {
        name: ", ".join(value) if isinstance(value, list) else value
        for name, value in error.params.items()
    }
    return _CELLS[error.code][0 if language == "de" else 1].format(**values)
