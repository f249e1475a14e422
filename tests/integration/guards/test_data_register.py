from pathlib import Path

from tandemwerk.core.data_register import all_fields, as_markdown, data_register

DOCS = Path(__file__).parents[3] / "docs/reference/data-register.md"


def test_every_column_is_registered():
    fields = all_fields()
    assert len(fields) > 100
    assert sorted(fields - data_register().keys()) == []


def test_register_names_no_column_that_is_gone():
    assert sorted(data_register().keys() - all_fields()) == []


def test_page_of_the_register_is_current():
    assert DOCS.read_text(encoding="utf-8") == as_markdown()
