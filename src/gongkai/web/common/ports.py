"""Whether a port can be served on, asked before anything else is done."""

import errno
import socket

from gongkai.web.common.errors import ActionRefused

_LARGEST = 65535


def require_free(host: str, port: int, remedy: str) -> None:
    """Raise ``ActionRefused``, in Chinese and with the remedy, where the port cannot be listened on."""
    if not 0 < port <= _LARGEST:
        raise ActionRefused(f"端口应为1至{_LARGEST}之间的整数，不能是{port}", remedy=remedy)
    kind = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(kind, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            trial.bind((host, port))
            trial.listen(1)
        except OSError as error:
            raise ActionRefused(_said(error, host, port), remedy=remedy, code="port") from error


def _said(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"端口{port}已被其他程序占用"
    if error.errno == errno.EACCES:
        return f"没有权限使用端口{port}（1024以下的端口只有管理员可以使用）"
    return f"不能在{host}的端口{port}上提供服务（{error.strerror}）"
