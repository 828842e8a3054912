"""Asks a SPARQL endpoint and makes its answer comparable.

In: an address and a query. Out: seconds from the request to the last byte, and the answer as a count of rows and a
number that does not depend on their order. Numbers count by value, so that 2.50 equals 2.5.
"""

import hashlib
import http.client
import json
import socket
import time
import urllib.parse
from decimal import Decimal

JSON = "application/sparql-results+json"
# The leanest form that all of them write: Virtuoso takes eight times longer for the same answer as JSON.
CSV = "text/csv"
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long", "nonNegativeInteger")}
# How servers say that they stopped a query for its time.
LATE = ("timeout", "time limit", "timed out", "too long", "longer than", "cancelled", "canceled", "s1t00")
# The variable of a table that stands for the answer to an ASK.
VIRTUOSO_ASK = "__ASK_RETVAL"
# Digits of a number that count: sums differ in the last ones.
DIGITS = 12


class NoAnswer(Exception):
    """The endpoint gave none in time, or refused. `ran_out` where time was the reason."""

    def __init__(self, reason, ran_out=False):
        super().__init__(reason)
        self.ran_out = ran_out


def ask(address, path, query, seconds_max, form=JSON):
    """Seconds and body of one answer in this form."""
    host, port = address
    asked = urllib.parse.urlencode({"query": query})
    headers = {"Accept": form, "Content-Type": "application/x-www-form-urlencoded"}
    connection = http.client.HTTPConnection(host, port, timeout=seconds_max)
    try:
        connection.connect()
        connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        start = time.perf_counter()
        connection.request("POST", path, asked, headers)
        answer = connection.getresponse()
        pieces = []
        while piece := answer.read(1 << 18):
            pieces.append(piece)
            if time.perf_counter() - start > seconds_max:
                raise NoAnswer("no whole answer in time", ran_out=True)
        seconds, body = time.perf_counter() - start, b"".join(pieces)
    except TimeoutError as error:
        raise NoAnswer("no answer in time", ran_out=True) from error
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(f"the connection broke: {error!r}") from error
    finally:
        connection.close()
    if answer.status != 200:
        text = body.decode("utf-8", "replace")[:300].replace("\n", " ")
        late = any(words in text.lower() for words in LATE)
        raise NoAnswer(f"{answer.status}: {text}", ran_out=late)
    return seconds, body


def count_lines(body):
    """Rows of an answer as CSV whose values have no line breaks."""
    return body.count(b"\n") - 1


def canonical(term):
    """A term so that equal ones are equal strings."""
    kind, value = term["type"], term["value"]
    if kind == "uri":
        return "<" + value
    if kind == "bnode":
        return "_"
    datatype = term.get("datatype", "")
    if datatype in NUMBERS:
        number = Decimal(value)
        return "#" + format(number.normalize() if not number else round_to(number), "f")
    if datatype == XSD + "string":
        datatype = ""
    return '"' + value + "@" + term.get("xml:lang", "").lower() + "^" + datatype


def round_to(number):
    """The number with its first digits, without zeros at the end."""
    return number.quantize(Decimal((0, (1,), number.adjusted() - DIGITS + 1))).normalize()


def digest(body):
    """Count of rows and a sum over them that does not depend on their order; all of an ASK is its answer."""
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise NoAnswer(f"no JSON: {body[-200:]!r}") from error
    if "boolean" in answer:
        return 1, int(answer["boolean"])
    total, rows = 0, answer["results"]["bindings"]
    if answer["head"].get("vars") == [VIRTUOSO_ASK]:
        return 1, int(any(row[VIRTUOSO_ASK]["value"] in ("1", "true") for row in rows))
    for row in rows:
        cells = "\t".join(f"{name}={canonical(term)}" for name, term in sorted(row.items()))
        total += int.from_bytes(hashlib.blake2b(cells.encode(), digest_size=8).digest(), "big")
    return len(rows), total % (1 << 64)
