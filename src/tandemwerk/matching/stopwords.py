"""Words that say nothing about what a profile is about: grammar, and what everyone writes."""

from .catalogue import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Grammar of both languages.
STOP_WORDS = _words(
    """
    aber als am an and are as at auch auf aus be bei bin bis can da das dass dem den der des die
    dies du ein eine einem einen einer es for from fuer gern gerne haben habe hat have i ich ihr
    im in ist it kann like man me mehr meine meinem meinen meiner mein mich mir mit moechte my
    nach nicht noch of oder on or sehr seit sich sie sind so that the their this to ueber um und
    uns unter very von vor want war was we wenn wer werden wie will wir with would you zu zum zur
    """
)

# What people in every programme write, whatever it is about.
FILLER_WORDS = STOP_WORDS | _words(
    """
    alle allem allen alles als also alte alten arbeit arbeite arbeiten arbeitet austausch
    austauschen bald beim besser bisher brauche brauchen dabei damit dann daran darin davon dazu
    denn dich dir durch ehrlich eigene eigenen eines endlich erfahren erfahrung erfahrungen etwas
    euch faellt ganz gebe geben gefuehl gegen gehe gehen geht gerade geworden ging gut gute guten
    hatte hatten helfen hilfe hilft ihm ihn ihre ihrer immer ins interessiere interessieren
    interessiert jahr jahre jahren jede jeden jeder jedes jemand jemandem jemanden kein keine
    keinen koennen komme kommen kommt konnte lerne lernen mache machen macht mentee mentor mentorin
    mentoring moechten monat monate monaten muss muessen musste neu neue neuen nichts oft ohne
    schon schwer sein seine seiner selbst soll sollen sollte suche suchen sucht tag tage thema
    themen ueberhaupt ueberlege unser unsere unserer viel viele vielen vom waehrend waere waren
    warum weiss wird wissen wo woche wochen wurde wurden zeit zwischen
    about after all always any back because been before being better bit but come comes could d day
    did do does doing don down else end ends enjoy even ever every everything experience
    experienced feel feeling get gets getting give gives go goes going good got had has having he
    help her here him his honest how if interest interested into its just know known knows last
    learn learning likes ll look looking lot love loves m made make makes making many mentors
    mentees month months more most much need needs never new next no not nothing now old one out over
    own people re s share sharing she should some somebody someone still t take takes than then
    there they thing things three time topic two up ve week weeks went were what when where while who why
    will work working works year years your
    """
)
