"""What a caller hands over in Python or names on the command line, told where it is not what is wanted."""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from ebbtide.scenario.faults import Fault, Faults, nearest, shown
from ebbtide.scenario.python_values import as_stated

A_DATE = "a date such as 2016-11-30"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:[/\\]")  # of more letters than a drive has


def must(holds: bool, of: str, key: str | None, found: object, allowed: str) -> None:
    """Raise Faults unless it holds: of which function, which argument, what was found."""
    if not holds:
        raise Faults([Fault(of, key, shown(found), allowed)])


def known(given: object, names: Iterable[str], of: str, key: str | None) -> str:
    """A name that is one of these. Raises Faults, with the nearest."""
    names = list(names)
    if isinstance(given, str) and given in names:
        return given
    near = nearest(given, names) if isinstance(given, str) else None
    raise Faults([Fault(of, key, shown(given), ", ".join(names[:12]) or "none here", near)])


def texts(given: object, of: str, key: str, allowed: str) -> list[str]:
    """One text, or several. Raises Faults."""
    if isinstance(given, str):
        return [given]
    must(
        isinstance(given, Iterable) and not isinstance(given, bytes | Mapping),
        of,
        key,
        given,
        allowed,
    )
    found: list[str] = list(given)  # type: ignore[call-overload]  # which the line above tells
    for each in found:
        must(isinstance(each, str), of, key, each, allowed)
    return found


def values_by_path(given: object, of: str) -> Mapping[str, object]:
    """A table of values by dotted path. Raises Faults."""
    allowed = 'a table of values by dotted path, such as {"groups.rebels.pay": 120}'
    if not isinstance(given, Mapping):
        raise Faults([Fault(of, None, shown(given), allowed)])
    for path in given:
        must(isinstance(path, str), of, None, path, "a dotted path, such as groups.rebels.pay")
    return given


def day(given: object, of: str, key: str | None = None) -> dt.date:
    """A date, or its text. Raises Faults."""
    found = as_stated(given)
    if isinstance(found, str):
        with suppress(ValueError):
            found = dt.date.fromisoformat(found)
    if isinstance(found, dt.date) and not isinstance(found, dt.datetime):
        return found
    raise Faults([Fault(of, key, shown(given), A_DATE)])


def path(given: Any, of: str, key: str | None, allowed: str) -> Path:
    """A path that a file system can take, `~` followed; whether anything is there is not asked.

    Raises Faults: no path, an address, a user who is not known, a name too long or not in UTF-8.
    """
    must(isinstance(given, str | os.PathLike), of, key, given, allowed)
    written = os.fspath(given)
    must(isinstance(written, str) and bool(written.strip()), of, key, given, allowed)
    is_address = _ADDRESS.match(written) is not None and not os.path.lexists(written)
    must(not is_address, of, key, given, f"{allowed}, and no address")
    try:
        written.encode()
        found = Path(written).expanduser()
        os.lstat(found)
    except UnicodeEncodeError:
        why = f"{shown(written)}, {_unreadable(written)}"
    except RuntimeError:
        why = f"{shown(written)}, of a user whose home is not known"
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return found
    except (OSError, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        why = f"{shown(written)}: {said[:1].lower()}{said[1:]}"
    else:
        return found
    raise Faults([Fault(of, key, why, allowed)])


def _unreadable(name: str) -> str:
    """Why a name is no text: by its own bytes, or by the encoding in which they were taken."""
    try:
        os.fsencode(name).decode()
    except UnicodeError:
        return "a name that is not in UTF-8"
    return f"a name that {sys.getfilesystemencoding()}, the encoding here, lacks: PYTHONUTF8=1 reads it"
