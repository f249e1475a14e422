"""Where to listen, and under which address people reach it."""

import errno
import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from tandemwerk.console import gettext as _
from tandemwerk.console import stop

BACKLOG = 512


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`. Names other than localhost are not trusted."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Address:
    """Host and port to listen on, and the public base URL."""

    host: str
    port: int
    base_url: str

    @property
    def is_private(self) -> bool:
        """Whether it is reachable, by listening or by name, from this machine only."""
        return is_loopback(self.host) and is_loopback(urlsplit(self.base_url).hostname or "")


def address(host: str, port: int, base_url: str) -> Address:
    """Complete the address; stops with a sentence when the public name can't be guessed."""
    if base_url:
        return Address(host, port, base_url)
    if not is_loopback(host):
        stop(
            _(
                "Listening on %(host)s needs the address people will use. Please set "
                "TANDEMWERK_BASE_URL, for example https://mentoring.example.org."
            )
            % {"host": host}
        )
    shown = f"[{host}]" if ":" in host else host
    return Address(host, port, f"http://{shown}:{port}")


def listen(where: Address) -> socket.socket:
    """Take the port before anything else happens; stops with a sentence when that fails."""
    try:
        family, kind, proto, _name, target = socket.getaddrinfo(
            where.host, where.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        sock = socket.socket(family, kind, proto)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        sock.bind(target)
        sock.listen(BACKLOG)
    except OSError as error:
        stop(_refusal(error, where))
    return sock


def _refusal(error: OSError, where: Address) -> str:
    if error.errno == errno.EADDRINUSE:
        return _(
            "Port %(port)s is taken: another program is listening there, perhaps a second "
            "Tandemwerk.\nChoose another one, for example:  make run PORT=%(other)s  or  "
            "tandemwerk serve --port %(other)s"
        ) % {"port": where.port, "other": where.port + 1 if where.port < 65_535 else 8000}
    if error.errno == errno.EACCES:
        return _(
            "Port %(port)s may not be used without root's rights. Choose one from 1024 upwards, "
            "for example:  make run PORT=8000"
        ) % {"port": where.port}
    return _("Can't listen on %(host)s, port %(port)s: %(reason)s") % {
        "host": where.host,
        "port": where.port,
        "reason": error.strerror or error,
    }
