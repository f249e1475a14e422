from tests.browser.tandems.conftest import person

__all__ = ["person"]
