"""Asking for a port before anything is started on it.

The web server shares its port among its processes, so the system would let a second platform
share it as well: people would be answered by the two in turn.
"""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from chuangtu.terms.errors import ChuangtuError


class PortRefusedError(ChuangtuError):
    """Nothing can be served on this host and port; `is_taken` if somebody listens there."""

    def __init__(self, zh: str, en: str, *, is_taken: bool) -> None:
        self.is_taken = is_taken
        super().__init__(zh, en)


@contextmanager
def held(host: str, port: int) -> Iterator[None]:
    """Keep the port for the platform that is served inside: of two starts at once one is refused.

    The web server listens a moment after the port was found free. What is held is a name, given
    back by the system however the process ends; Linux only, elsewhere the port is just looked at.

    Raises:
        PortRefusedError: somebody listens there or is about to, or the system does not give it.
    """
    with socket.socket(socket.AF_UNIX) as name:
        if sys.platform.startswith("linux"):
            try:
                name.bind(f"\0chuangtu-serves-{host}-{port}")
            except OSError as failure:
                raise _refusal(host, port, failure) from None
        refuse_unless_free(host, port)
        yield


def refuse_unless_free(host: str, port: int) -> None:
    """Say it when the port is taken, or is not ours to have.

    Raises:
        PortRefusedError: somebody listens there, or the system does not give it.
    """
    try:
        family, kind, protocol, _name, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            # Connections that ended a moment ago do not count; who listens does.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as failure:
        raise _refusal(host, port, failure) from None


def _refusal(host: str, port: int, failure: OSError) -> PortRefusedError:
    if failure.errno == errno.EADDRINUSE:
        return PortRefusedError(
            f"{host} 的端口 {port} 已被占用（可能是另一个创图，或上一次没有停下）。"
            "请先停止它，或用 PORT 或 --port 换一个端口。",
            f"Port {port} of {host} is taken, maybe by another Chuangtu or by one that was not"
            " stopped. Stop it, or give another port in PORT or --port.",
            is_taken=True,
        )
    return PortRefusedError(
        f"不能在 {host} 的端口 {port} 上提供服务（{failure.strerror}）。"
        "请检查 --host，或用 PORT 或 --port 换一个端口（1024 以下通常需要管理员权限）。",
        f"Port {port} of {host} cannot be listened on ({failure.strerror}). Check --host, or give"
        " another port in PORT or --port (those below 1024 often need an administrator).",
        is_taken=False,
    )
