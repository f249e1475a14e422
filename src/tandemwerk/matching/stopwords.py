"""Words that say nothing about what a profile is about: grammar, and what everyone writes."""

from .catalogue import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(text).split())


# Grammar of both languages.
STOP_WORDS = _words(
    """
    aber als am an and are as at auch auf aus be bei bin bis can da das dass dem den der des die
    dies du ein eine einem einen einer es for from fuer gern gerne habe haben hat have i ich ihr
    im in ist it kann like man me mehr mein meine meinem meinen meiner mich mir mit moechte my
    nach nicht noch oder of on or sehr seit sich sie sind so that the their this to ueber um und
    uns unter very von vor want war was we wenn wer werden wie will wir with would you zu zum
    zur
    """
)

# What people in every programme write, whatever it is about.
FILLER_WORDS = STOP_WORDS | _words(
    """
    about after all alle allem allen alles als also alte alten always any arbeit arbeite
    arbeiten arbeitet austausch austauschen back bald because been before beim being besser
    better bisher bit brauche brauchen but come comes could d dabei damit dann daran darin davon
    day dazu denn dich did dir do does doing don down durch ehrlich eigene eigenen eines else
    end endlich ends enjoy erfahren erfahrung erfahrungen etwas euch even ever every everything
    experience experienced faellt feel feeling ganz gebe geben gefuehl gegen gehe gehen geht
    gerade get gets getting geworden ging give gives go goes going good got gut gute guten had
    has hatte hatten having he helfen help her here hilfe hilft him his honest how if ihm ihn
    ihre ihrer immer ins interessiere interessieren interessiert interest interested into its
    jahr jahre jahren jede jeden jeder jedes jemand jemandem jemanden just kein keine keinen
    know known knows koennen komme kommen kommt konnte last learn learning lerne lernen likes ll
    look looking lot love loves m mache machen macht made make makes making many mentee mentees
    mentor mentorin mentoring mentors moechten monat monate monaten month months more most much
    muessen muss musste need needs neu neue neuen never new next nichts no not nothing now oft
    ohne old one out over own people re s schon schwer sein seine seiner selbst share sharing
    she should soll sollen sollte some somebody someone still suche suchen sucht t tag tage take
    takes than thema themen then there they thing things three time topic two ueberhaupt
    ueberlege unser unsere unserer up ve viel viele vielen vom waehrend waere waren warum week
    weeks weiss went were what when where while who why will wird wissen wo woche wochen work
    working works wurde wurden year years your zeit zwischen
    """
)
