"""What synthetic mentors write about what they can give."""

from typing import Any

GERMAN: dict[str, Any] = {
    "openings": (
        "Ich hatte selbst eine Mentorin und gebe das gern weiter.",
        "Nach vielen Jahren im Beruf habe ich einiges falsch gemacht und daraus gelernt.",
        "Ich höre zu, frage nach und gebe selten Ratschläge.",
        "Mich interessiert, wie die Jüngeren heute arbeiten.",
        "Ich bin über Umwege hierhergekommen und halte das für einen Vorteil.",
        "Drei Firmen, zwei Länder, ein Quereinstieg: Davon erzähle ich gern.",
        "Ich habe Teams aufgebaut und auch einmal eines auflösen müssen.",
        "Am meisten habe ich von Menschen gelernt, die mir widersprochen haben.",
        "Seit letztem Jahr arbeite ich etwas weniger und habe Zeit für anderes.",
        "Ich bin kein Coach, aber ich kenne das Haus.",
    ),
    "topic": (
        "Gut helfen kann ich bei „{topic}“.",
        "Mein Schwerpunkt ist „{topic}“.",
        "Über „{topic}“ kann ich aus eigener Erfahrung sprechen.",
        "Gern auch „{topic}“, das begleitet mich seit Jahren.",
    ),
    "areas": {
        "leadership": "Ich habe Teams von drei bis achtzig Menschen geleitet und weiß, wie "
        "einsam das sein kann.",
        "career": "Ich habe viele Bewerbungen gelesen und sage offen, was überzeugt und was nicht.",
        "study-and-start": "Ich begleite seit Jahren Auszubildende und Studierende durch "
        "Prüfungen und den ersten Job.",
        "business": "Ich habe zweimal gegründet, einmal ist es gut gegangen.",
        "communication": "Vor Publikum zu sprechen musste ich mühsam lernen, das lässt sich üben.",
        "working-well": "Ich kenne ein paar einfache Gewohnheiten, mit denen der Tag nicht "
        "davonläuft.",
        "digital": "Ich baue seit langem Software und Datenprojekte und erkläre sie ohne "
        "Fachwörter.",
        "professions": "Ich mache mein Fach seit über fünfzehn Jahren und zeige gern, wie es "
        "wirklich geht.",
        "family": "Ich habe mit zwei Kindern in Teilzeit gearbeitet und erzähle ehrlich, was "
        "daran ging.",
        "arriving": "Ich bin selbst vor langer Zeit hier angekommen und kenne die Wege durch "
        "die Ämter.",
        "money-and-home": "Mit Haushaltsplan, Altersvorsorge und Wohnungskauf habe ich "
        "Erfahrung, gute und schlechte.",
        "health": "Ich war einmal ganz erschöpft und weiß, welche kleinen Schritte "
        "zurückgeführt haben.",
        "life-changes": "Umbrüche habe ich mehrere hinter mir, und jeder hat etwas Gutes gebracht.",
        "fair-chances": "Ich setze mich seit Jahren dafür ein, dass alle die gleichen Türen "
        "offen finden.",
    },
    "closings": (
        "Eine Stunde alle zwei bis drei Wochen passt gut in meinen Kalender.",
        "Was wir besprechen, bleibt unter uns.",
        "Ich freue mich über Fragen, die mich zum Nachdenken bringen.",
        "Am liebsten abends oder in der Mittagspause.",
        "Ich sage auch, wenn ich etwas nicht weiß.",
        "Treffen gern persönlich, sonst per Video.",
        "Ich bringe Geduld mit und manchmal Kuchen.",
        "Zwischen den Treffen darf man mir schreiben.",
    ),
}

ENGLISH: dict[str, Any] = {
    "openings": (
        "I once had a mentor myself and would like to pass that on.",
        "In many years at work I made mistakes and learned from them.",
        "I listen, ask questions and rarely give advice.",
        "I am curious how younger people work today.",
        "I came here by detours and think that is an advantage.",
        "Three companies, two countries, one change of trade: I am glad to talk about it.",
        "I have built teams and once had to close one.",
        "I learned most from people who disagreed with me.",
        "Since last year I have been working a little less and have time for others.",
        "I am no coach, but I know how things work here.",
    ),
    "topic": (
        "I can help well with “{topic}”.",
        "My main subject is “{topic}”.",
        "I can speak about “{topic}” from experience.",
        "“{topic}” has been with me for years.",
    ),
    "areas": {
        "leadership": "I have led teams of three to eighty people and know how lonely that can be.",
        "career": "I have read many applications and say openly what convinces and what does not.",
        "study-and-start": "For years I have guided apprentices and students through exams and "
        "the first job.",
        "business": "I founded two companies, and one of them went well.",
        "communication": "I had to learn speaking to an audience the hard way; it can be "
        "practised.",
        "working-well": "I know a few simple habits that keep the day from running away.",
        "digital": "I have been building software and data projects for long and explain them "
        "without jargon.",
        "professions": "I have been in my trade for more than fifteen years and like to show "
        "how it really works.",
        "family": "I worked part time with two children and tell honestly what went well.",
        "arriving": "I arrived here myself long ago and know my way through the offices.",
        "money-and-home": "I have experience with budgets, pensions and buying a flat, good and "
        "bad.",
        "health": "I was completely exhausted once and know which small steps led back.",
        "life-changes": "I have several changes of life behind me, and each brought something "
        "good.",
        "fair-chances": "I have worked for years so that everybody finds the same doors open.",
    },
    "closings": (
        "An hour every two or three weeks fits well into my calendar.",
        "What we talk about stays between us.",
        "I enjoy questions that make me think.",
        "Evenings or lunch breaks suit me best.",
        "I also say when I do not know something.",
        "I like to meet in person, otherwise by video.",
        "I bring patience and sometimes cake.",
        "You may write to me between meetings.",
    ),
}  # fmt: skip
