"""What people write about themselves, in pairs whose nearness a reader would agree on."""

# The same concern in German and in English.
ACROSS = [
    (
        "Ich leite seit zwei Monaten zum ersten Mal ein Team.",
        "I have just become a team lead and want to grow into my first leadership role.",
    ),
    (
        "Im Herbst komme ich aus der Elternzeit zurück und möchte nicht von vorn anfangen.",
        "After parental leave I am going back to work next month and feel a bit lost.",
    ),
    (
        "Ich möchte endlich lernen, mein Gehalt selbstbewusst zu verhandeln.",
        "Nobody ever taught me how to ask for a raise or negotiate my pay.",
    ),
    (
        "Vor Publikum zu sprechen macht mir Angst, ich rede viel zu schnell.",
        "Public speaking terrifies me and my presentations are a mess.",
    ),
    (
        "Ich will mich selbstständig machen und suche jemanden, der schon gegründet hat.",
        "I am thinking about starting my own business and would love advice from a founder.",
    ),
    (
        "Meine Bewerbungen werden immer abgelehnt, ich brauche Hilfe beim Lebenslauf.",
        "I send out application after application; someone should look at my CV.",
    ),
    (
        "Ich habe das Gefühl, bald auszubrennen, die Arbeit lässt mich nicht los.",
        "I am close to burnout and cannot switch off after work.",
    ),
    (
        "Nach der Flucht möchte ich in Deutschland Fuß fassen und die Sprache besser lernen.",
        "I came here as a refugee and need help to learn German and settle in.",
    ),
    (
        "Als einzige Frau im Vorstand weiß ich, wie einsam es an der Spitze sein kann.",
        "As a woman in senior management I often feel I have to prove myself.",
    ),
    (
        "Ich schreibe meine Masterarbeit und das wissenschaftliche Schreiben fällt mir schwer.",
        "My thesis is stuck and academic writing does not come easily to me.",
    ),
    (
        "Ich möchte in die Softwareentwicklung wechseln und lerne gerade programmieren.",
        "I taught myself to code and would like to become a software developer.",
    ),
    (
        "Konflikte im Team gehe ich lieber aus dem Weg, das möchte ich ändern.",
        "I avoid conflict with colleagues and it is making everything worse.",
    ),
    (
        "Meine Mutter wird pflegebedürftig und ich muss Beruf und Pflege vereinbaren.",
        "Caring for my elderly father next to a full-time job is wearing me out.",
    ),
    (
        "Ich gehe in zwei Jahren in Rente und möchte den Übergang gut gestalten.",
        "Retirement is coming up and I wonder what to do with my time.",
    ),
    (
        "Ich verzettele mich ständig und brauche ein besseres Zeitmanagement.",
        "I never finish anything on time and want to get my time management under control.",
    ),
    (
        "Datenanalyse und künstliche Intelligenz interessieren mich sehr.",
        "I want to work in data science and understand machine learning.",
    ),
    (
        "Ich bin die Erste in meiner Familie, die studiert.",
        "I am a first-generation student and nobody at home went to university.",
    ),
    (
        "Wie baut man ein berufliches Netzwerk auf, wenn man niemanden kennt?",
        "Networking feels fake to me, but I need more contacts in my field.",
    ),
    (
        "Ich möchte lernen, Aufgaben abzugeben und meinem Team zu vertrauen.",
        "Delegating is hard for me; I end up doing everything myself.",
    ),
    (
        "Ich überlege, nach zwanzig Jahren den Beruf zu wechseln.",
        "I am considering a career change after many years in the same job.",
    ),
]

# The same concern in one language.
WITHIN = [
    ("Ich suche Hilfe bei der Gehaltsverhandlung.", "Wer übt mit mir das nächste Gehaltsgespräch?"),
    (
        "Mein erstes Team zu führen fällt mir schwer.",
        "Ich habe viele junge Führungskräfte in ihrer ersten Leitungsrolle begleitet.",
    ),
    (
        "I restore old motorcycles at the weekend.",
        "On weekends you will find me repairing motorcycles.",
    ),
    (
        "Ich tanze Salsa und koche gern für Freunde.",
        "Salsa tanzen und Kochen sind meine Leidenschaft.",
    ),
    (
        "Returning to work after maternity leave worries me.",
        "I came back from parental leave twice and know how hard the return is.",
    ),
    (
        "Ich möchte den Meister machen.",
        "Die Meisterschule neben der Schicht habe ich selbst geschafft.",
    ),
    (
        "I want to get better at giving feedback.",
        "Honest feedback is what I enjoy giving and getting.",
    ),
    (
        "Ich habe drei Start-ups gegründet, zwei davon sind gescheitert.",
        "Mit einer Freundin möchte ich ein Start-up gründen.",
    ),
    ("Stage fright ruins every talk I give.", "I used to be afraid of speaking on stage."),
    (
        "Ich pflege meine Eltern und arbeite in Teilzeit.",
        "Pflege von Angehörigen und Beruf unter einen Hut zu bringen, ist schwer.",
    ),
]

# Nothing to do with each other.
APART = [
    (
        "Ich möchte lernen, mein Gehalt zu verhandeln.",
        "Three hundred people, four unions, one quay. Ask me anything about difficult rooms.",
    ),
    ("Im Mai komme ich aus der Elternzeit zurück.", "I restore old motorcycles at the weekend."),
    ("Ich schreibe gerade meine Masterarbeit.", "I lead a sales region and enjoy tough customers."),
    (
        "Ich pflege meine Mutter und arbeite in Teilzeit.",
        "I would like to become a software developer.",
    ),
    (
        "Ich bin Monteur und fange die Meisterschule an.",
        "Public speaking terrifies me and my presentations are a mess.",
    ),
    ("Wir haben gerade ein Haus gekauft.", "I want to get better at giving feedback."),
    (
        "Ich spiele Fußball und gehe gern wandern.",
        "I send out application after application; someone should look at my CV.",
    ),
    (
        "Die deutsche Sprache fällt mir noch schwer.",
        "Two storms and one pandemic taught me to hand things over early.",
    ),
    (
        "Ich führe seit zwanzig Jahren große Teams.",
        "I am looking for a flat in Berlin and do not know the rules.",
    ),
    (
        "In zwei Jahren gehe ich in Rente.",
        "I want to work in data science and understand machine learning.",
    ),
    (
        "Ich suche Hilfe bei der Gehaltsverhandlung.",
        "Ich habe drei Start-ups gegründet, zwei davon sind gescheitert.",
    ),
    (
        "Ich tanze Salsa und koche gern für Freunde.",
        "Konflikte im Team gehe ich lieber aus dem Weg.",
    ),
    (
        "Ich leite seit zwei Monaten zum ersten Mal ein Team.",
        "Nach der Flucht möchte ich die Sprache besser lernen.",
    ),
    (
        "Meine Bewerbungen werden immer abgelehnt.",
        "Ich pflege meine Eltern und arbeite in Teilzeit.",
    ),
    (
        "Vor Publikum zu sprechen macht mir Angst.",
        "Buchhaltung und Steuern sind mein tägliches Brot.",
    ),
    (
        "Ich möchte im Ausland studieren.",
        "Ich habe viele junge Führungskräfte in ihrer ersten Leitungsrolle begleitet.",
    ),
    ("Ich bin gerade Vater geworden.", "Ich arbeite an der Digitalisierung unserer Verwaltung."),
    (
        "Stage fright ruins every talk I give.",
        "Returning to work after maternity leave worries me.",
    ),
    (
        "I am thinking about starting my own business.",
        "Caring for my elderly father is wearing me out.",
    ),
    (
        "I taught myself to code.",
        "As a woman in senior management I often feel I have to prove myself.",
    ),
    (
        "Retirement is coming up and I wonder what to do with my time.",
        "Networking feels fake to me, but I need more contacts.",
    ),
    (
        "I am close to burnout and cannot switch off.",
        "My thesis is stuck and academic writing does not come easily to me.",
    ),
    (
        "I know the rules by heart but not yet when to bend them.",
        "I came up through the container yard and still know the cranes by number.",
    ),
    (
        "I would like to learn more about sustainability in shipping.",
        "I write speeches for others and avoid giving my own.",
    ),
    (
        "Ich bin seit sechs Monaten dabei und möchte herausfinden, ob Personalarbeit zu mir passt.",
        "Zahlen sind der kleinere Teil meiner Arbeit, der größere sind Entscheidungen.",
    ),
]
