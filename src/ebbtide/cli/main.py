"""The command line: `ebbtide COMMAND`, one file a command.

Exit codes: 0 done; 1 some runs failed, what was asked for was not reached (a precision, a goal,
draws to be trusted), no room on disk, or nobody takes what is printed; 2 the input is wrong; 130
interrupted.
"""

from __future__ import annotations

import math
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Annotated, NoReturn

import typer

from ebbtide.cli.api import api
from ebbtide.cli.attribute import EXAMPLES as ATTRIBUTE_EXAMPLES
from ebbtide.cli.attribute import attribute
from ebbtide.cli.calibrate import EXAMPLES as CALIBRATE_EXAMPLES
from ebbtide.cli.calibrate import calibrate
from ebbtide.cli.check import check
from ebbtide.cli.claims import EXAMPLES as CLAIMS_EXAMPLES
from ebbtide.cli.claims import claims
from ebbtide.cli.compare import EXAMPLES as COMPARE_EXAMPLES
from ebbtide.cli.compare import compare
from ebbtide.cli.explain import explain
from ebbtide.cli.forecast import EXAMPLES as FORECAST_EXAMPLES
from ebbtide.cli.forecast import forecast
from ebbtide.cli.least_effort import EXAMPLES as LEAST_EFFORT_EXAMPLES
from ebbtide.cli.least_effort import least_effort
from ebbtide.cli.new import EXAMPLES as NEW_EXAMPLES
from ebbtide.cli.new import new
from ebbtide.cli.odd import EXAMPLES as ODD_EXAMPLES
from ebbtide.cli.odd import odd
from ebbtide.cli.once import EachOptionOnce
from ebbtide.cli.plot import EXAMPLES as PLOT_EXAMPLES
from ebbtide.cli.plot import plot
from ebbtide.cli.posterior import EXAMPLES as POSTERIOR_EXAMPLES
from ebbtide.cli.posterior import posterior
from ebbtide.cli.prior import EXAMPLES as PRIOR_EXAMPLES
from ebbtide.cli.prior import prior
from ebbtide.cli.run import EXAMPLES, run
from ebbtide.cli.schema import EXAMPLES as SCHEMA_EXAMPLES
from ebbtide.cli.schema import schema
from ebbtide.cli.score import EXAMPLES as SCORE_EXAMPLES
from ebbtide.cli.score import score
from ebbtide.cli.scores import EXAMPLES as SCORES_EXAMPLES
from ebbtide.cli.scores import scores
from ebbtide.cli.sensitivity import EXAMPLES as SENSITIVITY_EXAMPLES
from ebbtide.cli.sensitivity import sensitivity
from ebbtide.cli.streams import make_usable, stdout_fails, tell_warnings
from ebbtide.cli.sweep import EXAMPLES as SWEEP_EXAMPLES
from ebbtide.cli.sweep import sweep

UNWRITTEN, WRONG_INPUT, INTERRUPTED = 1, 2, 130
INTERRUPTS = ("SIGINT", "SIGTERM", "SIGHUP")
GRACE_SECONDS = 5.0  # in which the same signal again, of an impatient hand, changes nothing

app = typer.Typer(
    name="ebbtide",
    help="Simulates how insurgent groups rise and ebb, and compares what states do about them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # boxes cost a quarter of a second of every --help
)
command = partial(app.command, cls=EachOptionOnce)
command(epilog=EXAMPLES)(run)
command(epilog=SWEEP_EXAMPLES)(sweep)
command(epilog=COMPARE_EXAMPLES)(compare)
command(epilog=LEAST_EFFORT_EXAMPLES)(least_effort)
command(epilog=NEW_EXAMPLES)(new)
command()(check)
command(epilog=PLOT_EXAMPLES)(plot)
command()(explain)
command(epilog=CLAIMS_EXAMPLES)(claims)
command(epilog=PRIOR_EXAMPLES)(prior)
command(epilog=CALIBRATE_EXAMPLES)(calibrate)
command(epilog=POSTERIOR_EXAMPLES)(posterior)
command(epilog=SCORES_EXAMPLES)(scores)
command(epilog=FORECAST_EXAMPLES)(forecast)
command(epilog=SCORE_EXAMPLES)(score)
command(epilog=SENSITIVITY_EXAMPLES)(sensitivity)
command(epilog=ATTRIBUTE_EXAMPLES)(attribute)
command(epilog=ODD_EXAMPLES)(odd)
command(epilog=SCHEMA_EXAMPLES)(schema)
command()(api)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("ebbtide"))
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """What may stand before the name of a command."""


def main() -> NoReturn:
    """Run the command that was typed; what is wrong with it is said on stderr."""
    make_usable()
    tell_warnings()
    for name in INTERRUPTS:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) != signal.SIG_IGN:  # as under nohup
            signal.signal(number, _interrupt())
    try:
        _answer()
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        sys.exit(INTERRUPTED)
    except ValueError as error:
        if not _is_about_input(error):
            raise
        print(error, file=sys.stderr)
        sys.exit(WRONG_INPUT)
    except OSError as error:
        unprinted = stdout_fails()
        if unprinted is None and not _is_about_room(error):
            raise
        if unprinted is None:
            print(": ".join(filter(None, (error.filename, error.strerror))), file=sys.stderr)
        elif not isinstance(unprinted, BrokenPipeError):  # whom it was for wants no more
            print(f"stdout cannot be written: {unprinted.strerror}", file=sys.stderr)
        sys.exit(UNWRITTEN)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Python's own end would let it kill
    sys.exit(0)


def _answer() -> None:
    """Run the command, and have out what it printed by its end."""
    try:
        app()
    except SystemExit:
        sys.stdout.flush()
        raise


def _interrupt() -> Callable[[int, FrameType | None], None]:
    """A handler that interrupts, and then leaves the command time to say what is kept."""
    interrupted_at = -math.inf

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal interrupted_at
        if time.monotonic() - interrupted_at >= GRACE_SECONDS:
            interrupted_at = time.monotonic()
            raise KeyboardInterrupt

    return interrupt


def _is_about_input(error: ValueError) -> bool:
    from ebbtide.scenario import Faults
    from ebbtide.study.store import Refused

    return isinstance(error, Faults | Refused)


def _is_about_room(error: OSError) -> bool:
    from ebbtide.study.store import FULL

    return error.errno in FULL


if __name__ == "__main__":
    main()
