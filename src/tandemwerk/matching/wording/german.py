"""What reasons say in German: without address where natural, else with "du" or "Sie"."""

from collections.abc import Mapping

from .templates import Words

RULES: Mapping[str, str] = {
    "same_person": "es ist dieselbe Person",
    "forbidden": "dieses Paar ist ausgeschlossen",
    "reporting_line": "eine Person führt die andere",
    "same_team": "beide sind im selben Team",
    "no_shared_language": "keine gemeinsame Sprache",
    "must_topics": "kein gemeinsames Thema, das Programm verlangt eines",
    "must_experience": "der Abstand an Erfahrung liegt außerhalb der Vorgabe des Programms",
    "must_industry": "die Branche passt nicht zur Vorgabe des Programms",
    "must_function": "der Fachbereich passt nicht zur Vorgabe des Programms",
    "must_values": "die Antworten zur Zusammenarbeit liegen zu weit auseinander",
    "must_availability": "zu wenige gemeinsame freie Stunden",
    "must_format": "keine gemeinsame Art, sich zu treffen",
    "must_wishes": "nicht unter den Wünschen der Mentee-Seite",
    "no_seat": "kein freier Platz",
}

REASONS: Mapping[str, Words] = {
    "topic_first": Words(
        "Bringt dein wichtigstes Thema mit: {topic}",
        "Möchte vor allem an deinem Thema arbeiten: {topic}",
        "Gemeinsames Thema, das wichtigste: {topic}",
        "Bringt Ihr wichtigstes Thema mit: {topic}",
        "Möchte vor allem an Ihrem Thema arbeiten: {topic}",
    ),
    "topic_shared": Words(
        "Bringt dein Thema mit: {topic}",
        "Möchte an deinem Thema arbeiten: {topic}",
        "Gemeinsames Thema: {topic}",
        "Bringt Ihr Thema mit: {topic}",
        "Möchte an Ihrem Thema arbeiten: {topic}",
    ),
    "topic_related": Words(
        "Bietet {offered} an, nah an deinem Thema {wanted}",
        "Möchte an {wanted} arbeiten, nah an deinem Thema {offered}",
        "{mentor} bietet {offered} an, nah am gesuchten Thema {wanted}",
        "Bietet {offered} an, nah an Ihrem Thema {wanted}",
        "Möchte an {wanted} arbeiten, nah an Ihrem Thema {offered}",
    ),
    "topics_missing": Words(
        "Bietet nicht an: {topics}",
        "Sucht auch Themen, die du nicht anbietest",
        "Nicht abgedeckt: {topics}",
        "",
        "Sucht auch Themen, die Sie nicht anbieten",
    ),
    "topics_none": Words(
        "Bietet keines deiner Themen an, auch kein verwandtes",
        "Sucht andere Themen, als du anbietest",
        "Kein gemeinsames Thema; gesucht: {topics}",
        "Bietet keines Ihrer Themen an, auch kein verwandtes",
        "Sucht andere Themen, als Sie anbieten",
    ),
    "topics_open": Words(
        "Du bist offen für jedes Thema",
        "Ist offen für jedes Thema",
        "{mentee} ist offen für jedes Thema",
        "Sie sind offen für jedes Thema",
    ),
    "topics_unknown": Words(
        "Hat noch keine Themen genannt",
        "Du hast noch keine Themen genannt",
        "{mentor} hat noch keine Themen genannt",
        "",
        "Sie haben noch keine Themen genannt",
    ),
    "languages_shared": Words("Beide sprechen {languages}"),
    "languages_none": Words("Keine gemeinsame Sprache"),
    "experience_ahead": Words(
        "Hat dir {years} Erfahrung voraus",
        "Du hast {years} mehr Erfahrung",
        "{mentor} hat {years} mehr Erfahrung als {mentee}",
        "Hat Ihnen {years} Erfahrung voraus",
        "Sie haben {years} mehr Erfahrung",
    ),
    "experience_equal": Words("Etwa gleich viel Erfahrung auf beiden Seiten"),
    "experience_behind": Words(
        "Hat {years} weniger Erfahrung als du",
        "Du hast {years} weniger Erfahrung",
        "{mentor} hat {years} weniger Erfahrung als {mentee}",
        "Hat {years} weniger Erfahrung als Sie",
        "Sie haben {years} weniger Erfahrung",
    ),
    "experience_little": Words(
        "Hat dir nur {years} Erfahrung voraus",
        "Du hast nur {years} mehr Erfahrung",
        "{mentor} hat nur {years} mehr Erfahrung als {mentee}",
        "Hat Ihnen nur {years} Erfahrung voraus",
        "Sie haben nur {years} mehr Erfahrung",
    ),
    "experience_far": Words(
        "Hat dir {years} Erfahrung voraus – ein weiter Abstand",
        "Du hast {years} mehr Erfahrung – ein weiter Abstand",
        "{mentor} hat {years} mehr Erfahrung als {mentee} – ein weiter Abstand",
        "Hat Ihnen {years} Erfahrung voraus – ein weiter Abstand",
        "Sie haben {years} mehr Erfahrung – ein weiter Abstand",
    ),
    "industry_same_same": Words("Beide kennen dieselbe Branche: {industry}"),
    "industry_same_different": Words("Beide kommen aus derselben Branche: {industry}"),
    "industry_other_same": Words(
        "Kommt aus einer anderen Branche: {mentor_value}",
        "Kommt aus einer anderen Branche: {mentee_value}",
        "Verschiedene Branchen: {mentee_value} und {mentor_value}",
    ),
    "industry_other_different": Words(
        "Arbeitet in einer anderen Branche – gut für den Blick von außen",
        "Arbeitet in einer anderen Branche – dein Blick von außen kann helfen",
        "Verschiedene Branchen ({mentee_value}, {mentor_value}) – gut für den Blick von außen",
        "",
        "Arbeitet in einer anderen Branche – Ihr Blick von außen kann helfen",
    ),
    "function_same_same": Words("Beide arbeiten im selben Fachbereich: {function}"),
    "function_same_different": Words("Beide arbeiten im selben Fachbereich: {function}"),
    "function_other_same": Words(
        "Arbeitet in einem anderen Fachbereich: {mentor_value}",
        "Arbeitet in einem anderen Fachbereich: {mentee_value}",
        "Verschiedene Fachbereiche: {mentee_value} und {mentor_value}",
    ),
    "function_other_different": Words(
        "Arbeitet in einem anderen Fachbereich – gut für den Blick von außen",
        "Arbeitet in einem anderen Fachbereich – dein Blick von außen kann helfen",
        "Verschiedene Fachbereiche ({mentee_value}, {mentor_value}) – gut für den Blick von außen",
        "",
        "Arbeitet in einem anderen Fachbereich – Ihr Blick von außen kann helfen",
    ),
    "values_close": Words(
        "Ähnliche Vorstellungen von Zusammenarbeit: {alike} von {common} Antworten nah beieinander"
    ),
    "values_far": Words(
        "Verschiedene Vorstellungen von Zusammenarbeit: "
        "{alike} von {common} Antworten nah beieinander"
    ),
    "values_close_few": Words("Ähnliche Vorstellungen von Zusammenarbeit"),
    "values_far_few": Words("Verschiedene Vorstellungen von Zusammenarbeit"),
    "availability_shared": Words("Beide haben {times} Zeit"),
    "availability_little": Words("Wenig gemeinsame Zeit: {times}"),
    "availability_none": Words("Keine gemeinsame freie Zeit in der Woche"),
    "format_both": Words("Treffen online und vor Ort möglich: {site}"),
    "format_online": Words("Beide können sich online treffen"),
    "format_on_site": Words("Beide können sich vor Ort treffen: {site}"),
    "format_none": Words("Eine Seite möchte sich nur online treffen, die andere nur vor Ort"),
    "format_other_site": Words(
        "Möchte sich vor Ort treffen, arbeitet aber an einem anderen Standort: {mentor_value}",
        "Möchte sich vor Ort treffen, arbeitet aber an einem anderen Standort: {mentee_value}",
        "Beide möchten sich vor Ort treffen, arbeiten aber an verschiedenen Standorten: "
        "{mentee_value} und {mentor_value}",
    ),
    "format_site_unknown": Words("Beide möchten sich vor Ort treffen; wo, ist noch offen"),
    "text_topics": Words("Beide schreiben über {topics}"),
    "text_close": Words("Was beide über sich schreiben, liegt nah beieinander"),
    "text_far": Words("In den freien Texten findet sich nichts Gemeinsames"),
    "wish_both": Words(
        "Ihr habt euch gegenseitig gewünscht",
        "",
        "Beide haben sich gegenseitig gewünscht",
        "Sie haben sich gegenseitig gewünscht",
        "Sie haben sich gegenseitig gewünscht",
    ),
    "wish_mentee": Words(
        "Steht auf deiner Wunschliste",
        "Hat dich auf der Wunschliste",
        "{mentee} wünscht sich {mentor}",
        "Steht auf Ihrer Wunschliste",
        "Hat Sie auf der Wunschliste",
    ),
    "wish_mentor": Words(
        "Hat dich auf der Wunschliste",
        "Steht auf deiner Wunschliste",
        "{mentor} wünscht sich {mentee}",
        "Hat Sie auf der Wunschliste",
        "Steht auf Ihrer Wunschliste",
    ),
    "wish_other": Words(
        "Du hast dir andere gewünscht",
        "Hat sich andere gewünscht",
        "{mentee} hat sich andere gewünscht",
        "Sie haben sich andere gewünscht",
    ),
    "wish_none": Words("Keine Wünsche genannt"),
    "unknown_mentee": Words(
        "Du hast noch nicht geantwortet: {question}",
        "Hat noch nicht geantwortet: {question}",
        "{mentee} hat noch nicht geantwortet: {question}",
        "Sie haben noch nicht geantwortet: {question}",
    ),
    "unknown_mentor": Words(
        "Hat noch nicht geantwortet: {question}",
        "Du hast noch nicht geantwortet: {question}",
        "{mentor} hat noch nicht geantwortet: {question}",
        "",
        "Sie haben noch nicht geantwortet: {question}",
    ),
    "unknown_both": Words("Beide haben noch nicht geantwortet: {question}"),
    "unmatched_below_floor": Words(
        "Auch das beste mögliche Paar liegt unter der Passung, die dieser Lauf verlangt"
    ),
    "unmatched_all_full": Words("Alle passenden Mentor:innen sind belegt ({mentors})"),
    "unmatched_seat_free": Words("Bei passenden Mentor:innen ist noch Platz ({mentors})"),
    "unmatched_rules": Words("Alle Mentor:innen scheiden aus: {rules}"),
    "unmatched_rule": Words("Bei allen Mentor:innen: {rule}"),
    "unmatched_no_shared_language": Words("Keine gemeinsame Sprache mit den Mentor:innen"),
    "unmatched_forbidden": Words("Alle Paare mit dieser Person sind ausgeschlossen"),
}

QUESTIONS: Mapping[str, str] = {
    "languages": "Sprachen",
    "experience": "Jahre an Erfahrung",
    "industry": "Branche",
    "function": "Fachbereich",
    "values": "Zusammenarbeit und Werte",
    "availability": "freie Zeiten",
    "format": "online oder vor Ort",
    "text": "freier Text",
}

FIT = {"very_good": "sehr gut", "good": "gut", "fair": "mittel"}
NAMELESS = {"mentee": "die Mentee-Seite", "mentor": "die Mentoring-Seite"}
EMPTY_SITE = "derselbe Ort"
