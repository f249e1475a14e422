from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from tandemwerk.core.errors import all_errors

DOCS = Path(__file__).parents[3] / "docs/reference/errors.md"


def test_every_error_code_is_documented_once():
    for config in apps.get_app_configs():
        if config.name.startswith("tandemwerk.") and find_spec(f"{config.name}.errors"):
            import_module(f"{config.name}.errors")
    codes = [error.code for error in all_errors()]
    text = DOCS.read_text(encoding="utf-8")
    assert len(codes) > 5
    assert len(codes) == len(set(codes))
    assert [code for code in codes if f"| `{code}` |" not in text] == []
