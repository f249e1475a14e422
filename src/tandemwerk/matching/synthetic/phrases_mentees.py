"""What synthetic mentees write about what they look for."""

from typing import Any

GERMAN: dict[str, Any] = {
    "openings": (
        "Ich bin seit gut einem Jahr hier und möchte wissen, wohin der nächste Schritt führt.",
        "Nach drei ruhigen Jahren will ich noch einmal richtig dazulernen.",
        "Ich suche jemanden, der ehrlich sagt, was ich übersehe.",
        "Im Sommer hat sich meine Aufgabe verändert, und ich sortiere mich noch.",
        "Mein Studium liegt hinter mir, der Alltag ist anders als gedacht.",
        "Ich habe fachlich viel gelernt, beim Rest tue ich mich schwer.",
        "Bei uns ist gerade viel im Umbruch, das möchte ich nutzen.",
        "Ich stehe vor einer Entscheidung und drehe mich im Kreis.",
        "Meine Kollegin war in einem Mentoring und hat davon geschwärmt.",
        "Ich arbeite in Schichten und suche jemanden, der das kennt.",
    ),
    "topic": (
        "Am meisten beschäftigt mich gerade das Thema „{topic}“.",
        "Wichtig ist mir vor allem „{topic}“.",
        "Bei „{topic}“ komme ich allein nicht weiter.",
        "Über „{topic}“ würde ich gern mit jemandem sprechen, der es erlebt hat.",
    ),
    "areas": {
        "leadership": "Seit Kurzem leite ich ein kleines Team und weiß oft nicht, wie streng "
        "ich sein soll.",
        "career": "Ich möchte herausfinden, ob ich mich bewerben oder hier weiterkommen soll.",
        "study-and-start": "Zwischen Lernen, Prüfungen und erstem Arbeitsplatz verliere ich "
        "manchmal den Faden.",
        "business": "Eine Geschäftsidee habe ich schon, aber noch keinen einzigen Kunden.",
        "communication": "In großen Runden sage ich zu wenig, obwohl ich etwas beizutragen hätte.",
        "working-well": "Meine Tage sind voll, und trotzdem bleibt das Wichtige liegen.",
        "digital": "Ich will mit Daten und neuen Werkzeugen umgehen können, ohne Informatik "
        "studiert zu haben.",
        "professions": "Ich möchte mein Fach besser verstehen und von jemandem lernen, der es "
        "lange macht.",
        "family": "Mit zwei kleinen Kindern suche ich einen Weg, der für alle zu Hause aufgeht.",
        "arriving": "Ich bin vor zwei Jahren nach Deutschland gekommen und lerne die Regeln im "
        "Büro noch.",
        "money-and-home": "Ich möchte endlich einen Überblick über mein Geld und meine Verträge "
        "haben.",
        "health": "Nach einer anstrengenden Zeit achte ich mehr auf meine Kräfte und brauche "
        "dabei Rückhalt.",
        "life-changes": "In meinem Leben ändert sich gerade viel, und ich möchte das nicht "
        "allein durchdenken.",
        "fair-chances": "Ich bin oft die einzige Person wie ich im Raum und suche jemanden, der "
        "das versteht.",
    },
    "closings": (
        "Am liebsten treffe ich mich alle zwei Wochen für eine Stunde.",
        "Ich nehme mir gern etwas vor und berichte beim nächsten Mal.",
        "Klare Worte sind mir lieber als Höflichkeit.",
        "Ein Spaziergang ist mir lieber als ein Besprechungsraum.",
        "Ich bringe Fragen mit und höre gut zu.",
        "Bitte mit Geduld, ich brauche manchmal einen zweiten Anlauf.",
        "Ein halbes Jahr wäre ein guter Anfang.",
        "Wenn es passt, auch gern länger.",
    ),
}

ENGLISH: dict[str, Any] = {
    "openings": (
        "I joined about a year ago and would like to know where the next step leads.",
        "After three quiet years I want to learn something new again.",
        "I am looking for somebody who tells me honestly what I miss.",
        "My role changed this summer and I am still finding my feet.",
        "I have just finished university, and work is different from what I expected.",
        "I know my subject well, but everything around it is hard for me.",
        "A lot is changing in our company and I want to make use of it.",
        "I have to decide something and keep going round in circles.",
        "I moved here for this job and know few people yet.",
        "I work shifts and would like a mentor who knows what that means.",
    ),
    "topic": (
        "What I think about most at the moment: “{topic}”.",
        "“{topic}” matters most to me.",
        "With “{topic}” I am stuck on my own.",
        "I would like to talk about “{topic}” with somebody who has been through it.",
    ),
    "areas": {
        "leadership": "I have been leading a small team for a few months and often wonder how "
        "firm to be.",
        "career": "I want to find out whether to apply elsewhere or to grow here.",
        "study-and-start": "Between studying, exams and my first job I sometimes lose the thread.",
        "business": "I have an idea for a business, but not a single customer yet.",
        "communication": "In large meetings I say too little, although I have something to add.",
        "working-well": "My days are full and the important things still wait.",
        "digital": "I want to work with data and new tools without a degree in computer science.",
        "professions": "I would like to understand my trade better and learn from somebody with "
        "years in it.",
        "family": "With two small children I am looking for a way that works for everyone at home.",
        "arriving": "I came to Germany two years ago and still learn the unwritten rules at work.",
        "money-and-home": "I finally want an overview of my money and my contracts.",
        "health": "After a hard time I take more care of my strength and could use some support.",
        "life-changes": "Much in my life is changing and I would rather not think it through "
        "alone.",
        "fair-chances": "I am often the only person like me in the room and look for someone "
        "who understands.",
    },
    "closings": (
        "An hour every two weeks would be ideal.",
        "I like to set myself a task and report back next time.",
        "I prefer plain words to politeness.",
        "I would rather take a walk than sit in a meeting room.",
        "I bring questions and I listen well.",
        "Please be patient, sometimes I need a second try.",
        "Half a year would be a good start.",
        "Online is fine, in person is even better.",
    ),
}  # fmt: skip
