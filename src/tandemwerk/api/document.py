"""The OpenAPI document: every operation with the answers it shares with all others."""

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from tandemwerk.api.examples import EXAMPLES

ERROR_SCHEMA = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "Stable; see the list of errors."},
                "message": {"type": "string", "description": "For people, in their language."},
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "field": {"type": "string"},
                            "problem": {"type": "string"},
                        },
                    },
                },
            },
        }
    },
}
ERRORS = {
    400: "The request can't be read.",
    401: "No valid token.",
    403: "The token lacks the scope, or a second factor is missing.",
    404: "There is nothing here that you may see.",
    409: "Refused as things stand; the message says what to do.",
    413: "The body is too large.",
    422: "Some of the data does not fit.",
    429: "Too many requests; see `Retry-After`.",
}


class DocumentedAPI(NinjaAPI):
    """NinjaAPI whose document also has a plain summary, the error answers and examples."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        document = super().get_openapi_schema(**options)
        components = document.setdefault("components", {}).setdefault("schemas", {})
        components["Error"] = ERROR_SCHEMA
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
        for name, example in EXAMPLES.items():
            components[name]["examples"] = [example]
        for path in document["paths"].values():
            for operation in path.values():
                operation["summary"] = _first_sentence(operation["description"])
                for status, description in ERRORS.items():
                    said = {"description": description, "content": content}
                    operation["responses"].setdefault(status, said)
        return document


class StrictParser(Parser):
    """JSON without zero characters, which PostgreSQL can't keep, and without endless numbers."""

    def parse_body(self, request: HttpRequest) -> Any:
        try:
            body = json.loads(request.body, parse_constant=_no_number)
        except (ValueError, RecursionError) as error:
            raise HttpError(400, "The body is no JSON.") from error
        if b"\\u0000" in request.body:
            raise HttpError(400, "The body holds a zero character.")
        return body


def _first_sentence(text: str) -> str:
    """What an operation does, from its docstring."""
    return re.split(r"[.;:](?:\s|$)", text, maxsplit=1)[0]


def _no_number(name: str) -> None:
    raise ValueError(name)
