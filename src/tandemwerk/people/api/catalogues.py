"""What profiles choose from: topics, questionnaire, functions, industries and languages."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from ninja import Field, Query, Router, Schema

from tandemwerk.matching.catalogue import Topic, areas, topics
from tandemwerk.people.questionnaire import questionnaire
from tandemwerk.people.topics import search_topics
from tandemwerk.people.vocabulary import WordList, vocabulary

router = Router()


class AreaOut(Schema):
    slug: str
    name: str


class TopicOut(Schema):
    slug: str = Field(description="What a profile stores.")
    name: str
    area: AreaOut
    synonyms: list[str]
    related: list[str] = Field(description="Slugs of topics close to this one.")


class TopicsWanted(Schema):
    q: str = Field("", max_length=80, description="Words to look for; the best fit comes first.")
    area: str = Field("", max_length=80, description="Slug of an area.")


class ItemOut(Schema):
    key: str = Field(description="What an answer is stored under.")
    theme: str
    statement: str


class WordOut(Schema):
    key: str
    name: str


class VocabularyOut(Schema):
    functions: list[WordOut]
    industries: list[WordOut]
    languages: list[WordOut]


@router.get("/topics", response=list[TopicOut], url_name="topic_list")
def topic_list(request: HttpRequest, wanted: Query[TopicsWanted]) -> list[dict[str, Any]]:
    """The catalogue of topics in your language, all of it or what fits your words."""
    language = _language()
    found = search_topics(wanted.q, language=language) if wanted.q else list(topics().values())
    return [_topic(topic, language) for topic in found if wanted.area in ("", topic.area)]


@router.get("/questionnaire", response=list[ItemOut], url_name="questionnaire")
def questionnaire_items(request: HttpRequest) -> list[dict[str, str]]:
    """Statements on working style and values, answered from 1 to 5."""
    language = _language()
    return [
        {"key": item.key, "theme": item.theme[language], "statement": item.statement[language]}
        for item in questionnaire().items.values()
    ]


@router.get("/vocabulary", response=VocabularyOut, url_name="vocabulary")
def vocabulary_words(request: HttpRequest) -> dict[str, Any]:
    """Functions, industries and languages that profiles choose from."""
    words = vocabulary()
    lists = {name: getattr(words, name) for name in VocabularyOut.model_fields}
    return {name: _words(found) for name, found in lists.items()}


def _topic(topic: Topic, language: str) -> dict[str, Any]:
    return {
        "slug": topic.slug,
        "name": topic.name[language],
        "area": {"slug": topic.area, "name": areas()[topic.area].name[language]},
        "synonyms": list(topic.synonyms[language]),
        "related": sorted(topic.related),
    }


def _words(found: WordList) -> list[dict[str, str]]:
    return [{"key": key, "name": name} for key, name in found.choices(_language())]


def _language() -> str:
    return "de" if (get_language() or "de").startswith("de") else "en"
