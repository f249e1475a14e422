"""What holds for every operation, tried on each of them as the OpenAPI document lists them."""

import ast
import json
import re
import uuid
from pathlib import Path

import jsonschema
import pytest

import tandemwerk
from tandemwerk.api.examples import EXAMPLES
from tandemwerk.api.main import api
from tandemwerk.core.middleware import SAFE_METHODS
from tandemwerk.people.enums import Scope
from tests.api.conftest import Caller
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db
DOCUMENT = json.loads(json.dumps(api.get_openapi_schema(), default=str))
SCHEMAS = DOCUMENT["components"]["schemas"]
OPERATIONS = [
    (method.upper(), path.removeprefix("/api/v1"), operation)
    for path, operations in DOCUMENT["paths"].items()
    for method, operation in operations.items()
]
CLOSED = [(m, p) for m, p, operation in OPERATIONS if operation.get("security")]
OPEN = {
    ("POST", "/auth/token"),
    ("POST", "/auth/sign-up"),
    ("POST", "/auth/confirmation"),
    ("POST", "/auth/confirmation/confirm"),
    ("POST", "/auth/password-reset"),
    ("POST", "/auth/password-reset/confirm"),
    ("GET", "/invitations/{secret}"),
    ("POST", "/invitations/{secret}/accept"),
    ("POST", "/invitations/{secret}/decline"),
}
API_MODULES = [
    path
    for path in Path(tandemwerk.__file__).parent.glob("*/api*/**/*.py")
    if "schemas" not in path.parts and path.stem != "schemas"
] + list(Path(tandemwerk.__file__).parent.glob("*/api.py"))


# Parts of addresses that are random ids rather than numbers.
UUIDS = {
    parameter["name"]
    for _m, _p, operation in OPERATIONS
    for parameter in operation.get("parameters", ())
    if parameter["schema"].get("format") == "uuid"
}


def address(path):
    def part(found):
        return str(uuid.UUID(int=1)) if found[1] in UUIDS else "999999"

    return re.sub(r"\{(\w+)\}", part, path)


def code_of(answer):
    return answer.status_code, answer.json()["error"]["code"]


def test_nobody_without_a_token_comes_in_but_by_the_front_door():
    assert {(m, p) for m, p, _o in OPERATIONS} - set(CLOSED) == OPEN
    assert len(CLOSED) > 80


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_without_a_token_the_answer_is_401(client, method, path):
    answer = getattr(client, method.lower())(f"/api/v1{address(path)}")
    assert code_of(answer) == (401, "not_signed_in")
    assert answer["WWW-Authenticate"] == "Bearer"


# Giving oneself up needs no right but the token itself.
SCOPELESS = {("DELETE", "/auth/token/current")}

# Asked by POST, so that what is looked for stands in no address.
READING = {("POST", "/tandems/{tandem_pk}/search")}


@pytest.mark.parametrize(("method", "path"), [one for one in CLOSED if one not in SCOPELESS])
def test_the_other_scope_is_not_enough(client, method, path):
    reads = method in SAFE_METHODS or (method, path) in READING
    has = Scope.WRITE if reads else Scope.READ
    caller = Caller(client, UserFactory(), scopes=[has])
    answer = caller(method, address(path))
    assert code_of(answer) == (403, "scope_missing")
    wanted = Scope.READ if reads else Scope.WRITE
    assert f"“{wanted}”" in answer.json()["error"]["message"]


@pytest.mark.parametrize(("method", "path", "operation"), OPERATIONS)
def test_every_operation_says_what_it_does(method, path, operation):
    assert operation["description"].strip().endswith((".", "!"))
    assert operation["summary"] not in {"", operation["operationId"].replace("_", " ").title()}
    assert len(operation["summary"]) < 100
    for status in ("401", "403", "404", "422", "429"):
        content = operation["responses"][status]["content"]["application/json"]
        assert content["schema"] == {"$ref": "#/components/schemas/Error"}


def sent_schemas():
    for _method, _path, operation in OPERATIONS:
        content = operation.get("requestBody", {}).get("content", {})
        if "application/json" in content:
            schema = content["application/json"]["schema"]
            for part in schema.get("anyOf", [schema]):
                if "$ref" in part:
                    yield part["$ref"].rpartition("/")[2]


@pytest.mark.parametrize("name", sorted(set(sent_schemas())))
def test_everything_sent_has_an_example_that_fits(name):
    assert SCHEMAS[name]["examples"] == [EXAMPLES[name]]
    schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": SCHEMAS}}
    jsonschema.validate(EXAMPLES[name], schema)


def test_no_example_is_left_over():
    assert EXAMPLES.keys() == set(sent_schemas())


def test_lists_that_can_grow_come_in_pages():
    whole = {
        "/programme-templates",
        "/topics",
        "/questionnaire",
        "/import-fields",
        "/programmes/{programme_pk}/preparation",  # twelve steps
    }
    for method, path, operation in OPERATIONS:
        schema = (
            operation["responses"]
            .get("200", {})
            .get("content", {})
            .get("application/json", {})
            .get("schema", {})
        )
        if schema.get("type") == "array":
            assert path in whole, (method, path)


@pytest.mark.parametrize("path", API_MODULES, ids=str)
def test_functions_of_the_api_stay_short(path):
    """Fifteen lines at most below the docstring: what is more belongs in a service or selector."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
            assert lines <= 15, (path.name, node.name, lines)
