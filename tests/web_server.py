"""Real web servers with the settings that are handed to clinics, each on a port of its own."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import NoReturn

import pytest

APACHE = Path("/usr/lib/apache2/modules")
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


_APACHE = """{user}
ServerName example.org
TraceEnable Off
Listen 127.0.0.1:{port}
PidFile {folder}/pid
DefaultRuntimeDir {folder}
ErrorLog {folder}/error
{modules}
TypesConfig /etc/mime.types
DocumentRoot {folder}/empty
Alias {mount} {site}
<Directory />
    Options FollowSymLinks
    AllowOverride None
    Require all denied
</Directory>
<Directory {folder}>
    Require all granted
</Directory>
<Directory {site}>
    Options Indexes FollowSymLinks
    AllowOverride FileInfo
    Require all granted
</Directory>
"""
_MODULES = "mpm_event authz_core mime dir autoindex alias headers rewrite deflate filter"


def _missing(what: str) -> NoReturn:
    """Without a server its tests do not run, but in CI they fail."""
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{what} is not installed here.")
    raise AssertionError


def _program(name: str) -> str:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin") or _missing(name)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _process(call: list[str], port: int, folder: Path) -> Iterator[str]:
    """A program that listens to the port, and its address."""
    environment = os.environ | {"HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(call, stdout=log, stderr=log, env=environment)
        try:
            for _ in range(500):
                with socket.socket() as knock:
                    if knock.connect_ex(("127.0.0.1", port)) == 0:
                        break
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.02)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)


@contextmanager
def running(settings: str, site: Path, folder: Path) -> Iterator[str]:
    """nginx with the `settings` of dist/hosting/nginx.conf for the folder `site`. Gives its address.

    Changed is only what its first lines ask to be changed: where it listens, where the folder is, and Brotli.
    """
    nginx, port = _program("nginx"), _free_port()
    if not BROTLI:
        _missing("nginx's module for Brotli (Debian: libnginx-mod-http-brotli-static)")
    settings = settings.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("listen [::]:80;", "")
    settings = settings.replace("# brotli_static on;", "brotli_static on;")
    settings = settings.replace("alias /var/www/hips-and-knees/", f"alias {site}/")
    (folder / "site.conf").write_text(settings, "utf-8")
    user = "user root;\n" if os.geteuid() == 0 else ""
    around = _AROUND.format(user=user, module=f"load_module {BROTLI};\n", folder=folder)
    (folder / "nginx.conf").write_text(around, "utf-8")
    with _process([nginx, "-p", str(folder), "-c", str(folder / "nginx.conf")], port, folder) as address:
        yield address
    log = (folder / "log").read_text()
    assert "[emerg]" not in log
    assert "[warn]" not in log


@contextmanager
def apache(mount: str, site: Path, folder: Path) -> Iterator[str]:
    """Apache as a host of many sites sets it up: the folder `site` at `mount`, where only FileInfo may be changed."""
    program, port = _program("apache2"), _free_port()
    (folder / "empty").mkdir()
    user = "User www-data\nGroup www-data" if os.geteuid() == 0 else ""
    modules = "\n".join(f"LoadModule {name}_module {APACHE}/mod_{name}.so" for name in _MODULES.split())
    settings = _APACHE.format(
        modules=modules, user=user, port=port, folder=folder, site=site, mount=mount.rstrip("/") or "/"
    )
    if mount == "/":
        settings = re.sub(r"^Alias .*\n", "", settings.replace(f"{folder}/empty", str(site)), flags=re.MULTILINE)
    (folder / "apache.conf").write_text(settings, "utf-8")
    folder.chmod(0o755)  # its processes are somebody else
    with _process([program, "-DFOREGROUND", "-f", str(folder / "apache.conf")], port, folder) as address:
        yield address
    assert "[alert]" not in (folder / "log").read_text() + (folder / "error").read_text()


@contextmanager
def caddy(settings: str, site: Path, folder: Path) -> Iterator[str]:
    """Caddy with the `settings` of dist/hosting/Caddyfile; changed are where it listens and where the folder is."""
    program, port = _program("caddy"), _free_port()
    settings = re.sub(r"^\S+ \{$", f"http://127.0.0.1:{port} {{", settings, count=1, flags=re.MULTILINE)
    settings = settings.replace("root * /var/www/hips-and-knees", f"root * {site}")
    file = folder / "Caddyfile"
    file.write_text(f"{{\n\tadmin off\n}}\n{settings}", "utf-8")
    call = [program, "run", "--adapter", "caddyfile", "--config", str(file)]
    with _process(call, port, folder) as address:
        yield address


SERVERS = ("nginx", "Apache", "Caddy")


def serving(server: str, dist: Path, mount: str, site: Path, folder: Path) -> AbstractContextManager[str]:
    """One of the SERVERS with the files of `dist` for it: the folder `site`, a copy of the site in it, at `mount`."""
    if server == "Apache":
        return apache(mount, site, folder)
    start, name = {"nginx": (running, "nginx.conf"), "Caddy": (caddy, "Caddyfile")}[server]
    return start((dist / "hosting" / name).read_text("utf-8"), site, folder)


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
