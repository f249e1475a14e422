"""Mentors in a form that finds the best of a million in milliseconds and is changed one by one."""

import threading
from collections.abc import Collection, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from ..criteria import Criteria
from ..encoding import Vocabulary, encode_people
from ..errors import ProfileError, ScoresError, TextModelError
from ..profiles import Mentor
from ..rules import same_key
from ..text_models import TextModel
from .columns import Bits, packed, words_of
from .index import Index
from .ordering import Ordering
from .queries import Asking
from .relations import Relations
from .topk import Searcher

Eligible = Collection[str] | NDArray[np.bool_] | NDArray[np.uint64]

# Encoded at a time when a population is built: bounds the memory for intermediate lists.
BATCH = 50_000


def ids_of(eligible: Iterable[str]) -> frozenset[str]:
    """The ids to look at. Raises ScoresError (eligible_not_ids) for one text or no collection."""
    if isinstance(eligible, str) or not isinstance(eligible, Iterable):
        raise ScoresError("eligible_not_ids", value=eligible)
    return frozenset(eligible)


class Population:
    """Mentors, searchable. Iterating gives them in the order of their numbers 0 … len - 1.

    Built in bulk from Mentor objects (they are kept, for names and reasons). text_model: see
    `load_text_model`; left out, texts are read as usual. A mentor's number
    stays until another one is removed: then the last mentor takes the free number.
    `update`, `add` and `remove` cost O(profile), and the result equals a population built anew.

    Memory beside the Mentor objects: 183 bytes a mentor in columns (with up to 16 questionnaire
    items; of those at most 150 are read for a mentor), some 400 in dictionaries of ids, e-mails
    and reporting lines. Cost of building: about 40 µs a mentor.

    Not safe for changes while another thread searches.
    Raises ProfileError (person_twice) for an id or an e-mail used twice.
    """

    def __init__(
        self, mentors: Iterable[Mentor] = (), *, text_model: TextModel | None = None
    ) -> None:
        self.text_model = text_model
        self._mentors: list[Mentor] = list(mentors)
        self._number: dict[str, int] = {}
        self.relations = Relations()
        for number, mentor in enumerate(self._mentors):
            first = self._number.setdefault(mentor.id, number)
            if first != number:
                raise ProfileError(
                    "person_twice", person=mentor.id, side="mentors", rows=[first, number]
                )
            self._check_mail(mentor, number)
            self.relations.note(mentor)
        self._ordering = Ordering([mentor.id for mentor in self._mentors])
        self.index = Index(Vocabulary())
        self.index.reserve(len(self._mentors))
        for start in range(0, len(self._mentors), BATCH):
            batch = self._mentors[start : start + BATCH]
            people = encode_people(batch, self.index.vocabulary, text_model)
            self.index.extend(people, self._ordering.numbers(people.ids))
        self._local = threading.local()

    def __getstate__(self) -> dict[str, object]:
        return {name: value for name, value in self.__dict__.items() if name != "_local"}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self._local = threading.local()

    def __len__(self) -> int:
        return len(self._mentors)

    def __iter__(self) -> Iterator[Mentor]:
        return iter(self._mentors)

    def __contains__(self, name: object) -> bool:
        return name in self._number

    def __getitem__(self, number: int) -> Mentor:
        return self._mentors[number]

    @property
    def nbytes(self) -> int:
        """Bytes of the columns."""
        return sum(column.nbytes for column in self.index.columns)

    def check_text_model(self, text_model: TextModel | None) -> None:
        """Raises TextModelError (text_model_other) if texts were read here by another model.

        None asks for nothing in particular.
        """
        if text_model is None:
            return
        own = None if self.text_model is None else self.text_model.name
        if own != text_model.name:
            raise TextModelError("text_model_other", model=text_model.name, own=own or "")

    def number_of(self, name: str) -> int:
        """The number of the mentor with this id. Raises ProfileError (person_unknown)."""
        number = self._number.get(name)
        if number is None:
            raise ProfileError("person_unknown", person=name)
        return number

    def get(self, name: str) -> Mentor:
        """The mentor with this id. Raises ProfileError (person_unknown)."""
        return self._mentors[self.number_of(name)]

    def add(self, mentor: Mentor) -> int:
        """One more mentor; gives their number. Raises ProfileError (person_twice)."""
        number = len(self._mentors)
        first = self._number.setdefault(mentor.id, number)
        if first != number:
            raise ProfileError(
                "person_twice", person=mentor.id, side="mentors", rows=[first, number]
            )
        try:
            self._check_mail(mentor, number)
        except ProfileError:
            del self._number[mentor.id]
            raise
        renumbered = self._ordering.add(mentor.id)
        self._mentors.append(mentor)
        self.relations.note(mentor)
        people = encode_people([mentor], self.index.vocabulary, self.text_model)
        self.index.extend(people, self._ordering.numbers([mentor.id]))
        if renumbered:
            self.index.columns.order[: len(self)] = self._ordering.numbers(list(self._number))
        return number

    def update(self, mentor: Mentor) -> None:
        """A profile changed; the id says whose. Raises ProfileError (person_unknown,
        person_twice)."""
        number = self.number_of(mentor.id)
        self._check_mail(mentor, number)
        self.relations.forget(self._mentors[number])
        self.relations.note(mentor)
        self._mentors[number] = mentor
        self.index.put(number, encode_people([mentor], self.index.vocabulary, self.text_model))

    def _check_mail(self, mentor: Mentor, number: int) -> None:
        """Raises ProfileError (person_twice) if somebody else has this e-mail."""
        mail = same_key(mentor.email)
        for name in self.relations.named.get(mail, ()) if mail else ():
            if name != mentor.id and same_key(self.get(name).email) == mail:
                rows = [self.number_of(name), number]
                raise ProfileError("person_twice", person=mentor.email, side="mentors", rows=rows)

    def remove(self, name: str) -> None:
        """A mentor leaves, the last one takes their number. Raises ProfileError."""
        number = self.number_of(name)
        self.relations.forget(self._mentors[number])
        self._ordering.remove(name)
        self.index.drop(number)
        last = self._mentors.pop()
        del self._number[name]
        if last.id != name:
            self._mentors[number] = last
            self._number[last.id] = number

    def bits(self, eligible: Eligible | None) -> Bits:
        """Whom to look at, as words of 64 bits in the order of numbers; a fresh copy.

        eligible: None = all; ids (unknown ones are ignored); a boolean per mentor; or such words.
        Raises ScoresError (eligible_shape) for a mask of another length, (eligible_not_ids) for
        what is neither ids nor a mask.
        """
        size = len(self)
        if eligible is None:
            return packed(np.ones(size, dtype=np.bool_))
        if isinstance(eligible, np.ndarray):
            words = eligible.dtype == np.uint64
            if not words and eligible.dtype != np.bool_:
                raise ScoresError("eligible_not_ids", value=str(eligible.dtype))
            if eligible.shape != (words_of(size) if words else size,):
                raise ScoresError("eligible_shape", shape=list(eligible.shape), mentors=size)
            if not words:
                return packed(eligible.astype(np.bool_, copy=False))
            return eligible & packed(np.ones(size, dtype=np.bool_))
        flags = np.zeros(size, dtype=np.bool_)
        flags[self.numbers(ids_of(eligible))] = True
        return packed(flags)

    def numbers(self, names: Iterable[str]) -> NDArray[np.int64]:
        """Numbers of the mentors with these ids; unknown ids are left out."""
        found = (self._number.get(name) for name in names)
        return np.array([number for number in found if number is not None], dtype=np.int64)

    def searcher(self, criteria: Criteria) -> Searcher:
        """This thread's searcher by these criteria; the last one is kept."""
        kept: tuple[Criteria, Searcher] | None = getattr(self._local, "kept", None)
        if kept is None or kept[0] != criteria:
            kept = self._local.kept = criteria, Searcher(Asking(self.index, criteria))
        return kept[1]
