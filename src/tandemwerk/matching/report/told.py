"""Facts in the reader's language, and the small parts that every section uses."""

from collections.abc import Sequence

from ..assignment import UNMATCHED
from ..reasons import Reason
from ..wording import fit_step, fit_word, reason_text
from . import charts
from .facts import Facts
from .markup import Safe, tag
from .sentences import Language
from .words import WORDS

STEPS = {"fair": 1, "good": 2, "very_good": 3}


class Told:
    """Facts with the reader's language: words, numbers, names."""

    def __init__(self, facts: Facts, language: Language) -> None:
        self.facts, self.language = facts, language
        self.words = WORDS[language]
        self.number = charts.Number(language, down=True)

    def say(self, key: str, **values: object) -> str:
        """A sentence of `words`, filled."""
        return self.words[key].format(**values)

    def per_cent(self, share: float, digits: int = 0) -> str:
        """A share in [0, 1]: "83 %", in English "83%"."""
        written = charts.Number(self.language, digits)(share * 100)
        return f"{written}{chr(0xA0) if self.language == 'de' else ''}%"

    def mentee(self, row: int) -> str:
        """Name or id."""
        person = self.facts.scores.mentees[row]
        return person.name or person.id

    def mentor(self, column: int) -> str:
        """Name or id."""
        person = self.facts.scores.mentors[column]
        return person.name or person.id

    def fit(self, fit: float) -> Safe:
        """The fit as bar, word and number."""
        number = tag("span", self.number(fit), class_="quiet")
        mark, word = charts.fit_mark(STEPS[fit_step(fit)]), fit_word(fit, self.language)
        return tag("span", mark, word, " ", number, class_="fit")

    def reason(self, reason: Reason, row: int, column: int) -> str:
        """A reason for the coordinator."""
        mentor = "" if column == UNMATCHED else self.mentor(column)
        names = (self.mentee(row), mentor)
        return reason_text(reason, self.language, perspective="coordinator", names=names)


def note(kind: str, icon: str, text: str) -> Safe:
    """A highlighted sentence: kind "good", "look" or "plain"; never colour alone."""
    mark = tag("span", icon, class_="icon", aria_hidden="true")
    return tag("div", mark, tag("p", text), class_=f"note {kind}")


def table(
    head: Sequence[str],
    rows: Sequence[Safe],
    numbers: frozenset[int] = frozenset(),
    *,
    class_: str | None = None,
) -> Safe:
    """A table that scrolls by itself where it is too wide. numbers: columns set to the right."""
    cells = [
        tag("th", word, scope="col", class_="number" if place in numbers else None)
        for place, word in enumerate(head)
    ]
    body = tag("table", tag("thead", tag("tr", *cells)), tag("tbody", *rows), class_=class_)
    return tag("div", body, class_="wide", tabindex="0", role="region", aria_label=head[0])


def line(
    cells: Sequence[str], numbers: frozenset[int] = frozenset(), class_: str | None = None
) -> Safe:
    """A row whose first cell names it."""
    written = [tag("th", cells[0], scope="row")]
    written += [
        tag("td", cell, class_="number" if place in numbers else None)
        for place, cell in enumerate(cells[1:], start=1)
    ]
    return tag("tr", *written, class_=class_)
