"""What people type in their own way: telephone numbers, addresses of the web and of mail, a colour."""

from __future__ import annotations

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field

from ..colours import Scheme, as_hex
from ..phones import dialing
from .front_matter import Digits
from .model import Text

_MAIL = re.compile(r"(?:mailto:)?(?P<to>[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+)", re.ASCII)
_WEB = re.compile(
    r"(?P<scheme>https?://)?(?P<host>[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]+|localhost)(?P<port>:\d{1,5})?(?P<rest>[/?#][^\s<>\"]*)?",
    re.IGNORECASE,
)
_SERVER = re.compile(r"(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?", re.IGNORECASE)
_FOLDERS = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")
_ORIGIN = re.compile(r"https://(?P<host>[a-z0-9-]+(?:\.[a-z0-9-]+)*)(?P<port>:\d{1,5})?")
_THIS_MACHINE = re.compile(r"http://localhost(?::\d{1,5})?")
_EMERGENCY = re.compile(r"\d{2,5}", re.ASCII)


def _digits(value: object) -> object:
    """Digits without quotes are a number to YAML."""
    match value:
        case bool():
            return value
        case Digits():
            return value.text
        case int():
            return str(value)
    return value


def _phone(text: str) -> str:
    try:
        dialing(text)
    except ValueError as error:
        raise ValueError(f"can't be '{text}': that {error}") from None
    return text


def _emergency(text: str) -> str:
    if not _EMERGENCY.fullmatch(digits := re.sub("[ -]", "", text)):
        raise ValueError(f"can't be '{text}': write the digits of the emergency number, such as 911 or 112")
    return digits


def _web(text: str) -> str:
    match = _WEB.fullmatch(text)
    if not match:
        raise ValueError(f"can't be '{text}': write the address of a page, such as https://www.example.org/book")
    return f"{match['scheme'] or 'https://'}{match['host']}{match['port'] or ''}{match['rest'] or ''}"


def _contact(text: str) -> str:
    if match := _MAIL.fullmatch(text):
        return f"mailto:{match['to']}"
    if "@" in text or not _WEB.fullmatch(text):
        message = "write an email address, such as desk@example.org, or the address of a page"
        raise ValueError(f"can't be '{text}': {message}")
    return _web(text)


def _secure(text: str) -> str:
    value = _contact(text)
    if value.startswith("http://"):
        raise ValueError(f"can't be '{text}': what is reported there could be read on the way. Write https://")
    return value


def _origin(text: str) -> str:
    """It stands in headers, so nothing else may be in it; and what is not encrypted could be anybody on the way."""
    short = text.lower().rstrip("/")
    if _ORIGIN.fullmatch(short) or _THIS_MACHINE.fullmatch(short):
        return short
    if "*" in text:
        raise ValueError(f"can't be '{text}': name each website, such as https://intranet.example.org")
    match = _WEB.fullmatch(short)
    if not match:
        raise ValueError(f"can't be '{text}': write where a website begins, such as https://intranet.example.org")
    whole = f"https://{match['host']}{match['port'] or ''}"
    if match["scheme"] == "http://":
        raise ValueError(f"can't be '{text}': a page that is not encrypted can be changed on its way. Write {whole}")
    raise ValueError(f"can't be '{text}': write only where the website begins, {whole}")


def _colour(text: str) -> str:
    colour = as_hex(text)
    if colour is None:
        raise ValueError(f"can't be '{text}': write its six digits in quotes, such as \"#7a1f4b\"")
    scheme = Scheme(colour)
    if not scheme.is_readable:
        raise ValueError(
            f'is too light to read on white: write "{scheme.readable()}", which is the same color, only darker, '
            "or choose another one"
        )
    return colour


def _whole(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if text and not (parts.scheme and parts.netloc):
        if _WEB.fullmatch(text):
            raise ValueError(f"must be a whole address: write https://{text}")
        raise ValueError("must be a whole address, such as https://example.org/hips/")
    return text


def _of_site(text: str) -> str:
    """Every address of a page, and every printed code, begins with it."""
    if not text:
        return text
    if (without := "".join(text.split())) != text:
        raise ValueError(f"has a space in it: write {without}")
    parts = urlsplit(_whole(text))
    folder, _, last = parts.path.rpartition("/")
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"can't begin with '{parts.scheme}://': the address of a site begins with https://")
    if not _SERVER.fullmatch(parts.netloc):
        raise ValueError(f"can't be '{text}': write the name of a server, such as https://www.example.org/hips/")
    if tail := re.search(r"[#?].*", text):
        raise ValueError(f"ends in '{tail[0]}', which is a place on a page: write {text[: tail.start()]}")
    if "." in last:
        raise ValueError(f"ends in a file, '{last}': write {parts.scheme}://{parts.netloc}{folder}/")
    if hidden := next((name for name in parts.path.split("/") if name.startswith(".")), ""):
        raise ValueError(f"has '{hidden}' in it: web servers hide what begins with a dot. Choose another name")
    if not _FOLDERS.fullmatch(parts.path):
        raise ValueError("may have only letters, digits, '-', '_', '.' and '~' between its slashes")
    return text


Address = Annotated[str, Field(strict=True), AfterValidator(_whole)]
SiteAddress = Annotated[str, Field(strict=True), AfterValidator(_of_site)]
"""The address below which the pages of a site stand, or ""."""
PhoneNumber = Annotated[Text, BeforeValidator(_digits), AfterValidator(_phone)]
EmergencyNumber = Annotated[Text, BeforeValidator(_digits), AfterValidator(_emergency)]
WebAddress = Annotated[Text, AfterValidator(_web)]
"""An address of the web. "https://" may be left out."""
Contact = Annotated[Text, AfterValidator(_contact)]
"""An address of mail or of the web. "mailto:" and "https://" may be left out."""
SecureContact = Annotated[Text, AfterValidator(_secure)]
"""A contact whose address of the web is encrypted."""
Origin = Annotated[Text, AfterValidator(_origin)]
"""Where a website begins, as browsers tell it: `https://`, its name, a port. On one's own machine http will do."""
Colour = Annotated[Text, BeforeValidator(_digits), AfterValidator(_colour)]
"""`#rrggbb`."""
