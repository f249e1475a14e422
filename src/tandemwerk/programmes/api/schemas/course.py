"""The preparation of mentees and mentors."""

from typing import Literal

from i18nfield.strings import LazyI18nString
from ninja import Field, Schema

from tandemwerk.core.shapes import Body, Words
from tandemwerk.programmes.api.schemas.setup import TextsOut, both_languages
from tandemwerk.programmes.selectors.course import StepRead


class CourseStepOut(Schema):
    """One step in your language; the question is for thinking, there is nothing to answer."""

    key: str
    title: Words
    text: Words = Field(description="Markdown.")
    question: Words
    is_read: bool


class CourseOut(Schema):
    steps: list[CourseStepOut]
    done: int
    next_key: str | None = Field(description="Where to go on; null when all is read.")


class CourseTextOut(Schema):
    role: Literal["mentee", "mentor"]
    key: str
    title: TextsOut
    text: TextsOut
    question: TextsOut
    is_own: bool = Field(description="The programme's own words, not the shipped ones.")


def text_out(role: str, step: StepRead) -> dict[str, object]:
    """A step as a coordinator's program reads it."""
    texts = {name: both_languages(getattr(step, name)) for name in ("title", "text", "question")}
    return {"role": role, "key": step.key, "is_own": step.is_own, **texts}


class CourseTitleIn(Body):
    de: str = Field(min_length=1, max_length=120)
    en: str = Field(min_length=1, max_length=120)


class CourseWordsIn(Body):
    de: str = Field(min_length=1, max_length=4000)
    en: str = Field(min_length=1, max_length=4000)


class CourseQuestionIn(Body):
    de: str = Field(min_length=1, max_length=300)
    en: str = Field(min_length=1, max_length=300)


class CourseTextIn(Body):
    title: CourseTitleIn
    text: CourseWordsIn
    question: CourseQuestionIn

    def texts(self) -> dict[str, LazyI18nString]:
        """As the services take them."""
        return {name: LazyI18nString(words) for name, words in self.model_dump().items()}
