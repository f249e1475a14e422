"""How often a caller of the API may ask, noted on the request for the headers of its answer."""

import copy

from django.http import HttpRequest
from ninja.throttling import AnonRateThrottle, AuthRateThrottle, SimpleRateThrottle


class _Counting(SimpleRateThrottle):
    """Counts in the cache of the process: with n web processes a caller gets up to n times it."""

    def allow_request(self, request: HttpRequest) -> bool:
        """Count this request and note what is left; `RateLimitHeaders` says so."""
        # The throttle keeps its sums on itself, and one serves all threads: take a copy.
        return copy.copy(self)._count(request)

    def wait(self) -> float | None:
        """Seconds until the next request; None where nothing was counted (the shared throttle)."""
        return super().wait() if hasattr(self, "history") else None

    def _count(self, request: HttpRequest) -> bool:
        is_allowed = super().allow_request(request)
        if self.key is not None:
            most, seconds = self.num_requests or 0, self.duration or 0
            oldest = self.history[-1] if self.history else self.now
            request.rate_limit = {  # type: ignore[attr-defined]  # read by RateLimitHeaders
                "RateLimit-Limit": str(most),
                "RateLimit-Remaining": str(max(0, most - len(self.history))),
                "RateLimit-Reset": str(max(0, round(oldest + seconds - self.now))),
            }
            if not is_allowed:
                request.rate_limit_wait = self.wait()  # type: ignore[attr-defined]  # ditto
        return is_allowed


class PerToken(_Counting, AuthRateThrottle):
    """One counter a token."""


class PerAddress(_Counting, AnonRateThrottle):
    """One counter an address, for callers without a token."""
