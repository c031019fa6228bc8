"""A real nginx with the settings that are handed to clinics, on a port of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
BROTLI = next(Path("/usr/lib/nginx/modules").glob("ngx_http_brotli_static_module.so"), None)

_AROUND = """{user}daemon off; worker_processes 1; pid {folder}/pid; error_log stderr;
{module}events {{ worker_connections 64; }}
http {{
    include /etc/nginx/mime.types; access_log off;
    client_body_temp_path {folder}/t; proxy_temp_path {folder}/t; fastcgi_temp_path {folder}/t;
    uwsgi_temp_path {folder}/t; scgi_temp_path {folder}/t;
    include {folder}/site.conf;
}}
"""


def required() -> str:
    """Where nginx and its Brotli module are. Without them the test does not run, but in CI it fails."""
    if not NGINX or not BROTLI:
        missing = "nginx" if not NGINX else "nginx's module for Brotli (Debian: libnginx-mod-http-brotli-static)"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{missing} is not installed here.")
    return NGINX or ""


@contextmanager
def running(settings: str, site: Path, folder: Path) -> Iterator[str]:
    """nginx with the `settings` of dist/hosting/nginx.conf for the folder `site`. Gives its address.

    Changed is only what its first lines ask to be changed: where it listens, where the folder is, and Brotli.
    """
    nginx = required()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = settings.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    settings = settings.replace("# brotli_static on;", "brotli_static on;")
    settings = re.sub(r"alias [^;]*;", f"alias {site}/;", settings)
    (folder / "site.conf").write_text(settings, "utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    around = _AROUND.format(user=user, module=f"load_module {BROTLI};\n", folder=folder)
    (folder / "nginx.conf").write_text(around, "utf-8")
    with (folder / "log").open("wb") as log:
        call = [nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen(call, stdout=log, stderr=log)
        try:
            for _ in range(200):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.02)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)
    said = (folder / "log").read_text()
    assert "[emerg]" not in said
    assert "[warn]" not in said


def ask(address: str, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """One request, sent exactly as it is written."""
    connection = HTTPConnection(address, timeout=10)
    connection.putrequest(method, path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body
