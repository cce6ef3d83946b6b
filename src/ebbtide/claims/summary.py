"""How many claims are met, and how many tests beside the null model's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ebbtide.claims.claim_tests import RuleTest
from ebbtide.claims.criteria import Effect, Null, Verdict, overall
from ebbtide.claims.judging import Finding
from ebbtide.claims.reading import CaseTests
from ebbtide.claims.together import together
from ebbtide.scenario.schema.evidence import CLAIM_KINDS, ClaimKind

JUDGED = tuple(verdict for verdict in Verdict if verdict != Verdict.STATED)
BESIDE_NULL = (ClaimKind.FIGURE, ClaimKind.SIGN, ClaimKind.PATTERN)

Verdicts = Mapping[tuple[str, str], Verdict]  # by claim and kind


def verdicts_of(
    tests: CaseTests, findings: Sequence[Finding], effects: Mapping[str, Effect]
) -> Verdicts:
    """By claim and kind: the worst of its tests; none at all cannot be judged."""
    verdicts: dict[tuple[str, str], Verdict] = {}
    for name, claim in tests.scenario.claims.items():
        for kind in claim.kinds:
            if kind == ClaimKind.RULE:
                rows = tests.file.of(RuleTest)
                found = [effects[key].verdict(row.sign) for key, row in rows if row.claim == name]
            else:
                found = [f.verdict for f in findings if (f.claim, f.kind) == (name, kind)]
            verdicts[name, kind] = overall(found) if found else Verdict.OPEN
    return verdicts


def summary(verdicts: Verdicts, findings: Sequence[Finding]) -> list[str]:
    """Paragraphs: claims by kind, tests beside the null model, and the names behind the numbers."""
    tests = [f for f in findings if f.kind != ClaimKind.FORECAST and f.claim is not None]
    given = dict.fromkeys(f"{f.claim} ({f.kind})" for f in tests if f.imposed)
    looked_at = dict.fromkeys(f"{f.claim} ({f.kind})" for f in tests if f.looked_at)
    stated = sum(kind == ClaimKind.FORECAST for _, kind in verdicts)
    paragraphs = [
        "Claims by kind; a claim with several tests counts by the worst.",
        _table(verdicts),
        f"{ClaimKind.FORECAST}, forecasts: {stated} claims, stated and not judged.",
        *beside_null(findings),
        *together(findings),
        f"With a test that lies in inputs: {', '.join(given) or 'none'}.",
        f"With a test that was looked at: {', '.join(looked_at) or 'none'}.",
    ]
    for verdict in JUDGED[1:]:
        names = [f"{name} ({kind})" for (name, kind), found in verdicts.items() if found == verdict]
        paragraphs.append(f"{str(verdict).capitalize()}: {', '.join(names) or 'none'}.")
    return paragraphs


def _table(verdicts: Verdicts) -> str:
    lines = ["| kind | " + " | ".join(JUDGED) + " |", "|---" + "|---:" * len(JUDGED) + "|"]
    for kind, meaning in CLAIM_KINDS.items():
        if kind != ClaimKind.FORECAST:
            counts = Counter(verdict for (_, k), verdict in verdicts.items() if k == kind)
            numbers = " | ".join(str(counts[verdict]) for verdict in JUDGED)
            lines.append(f"| {kind}, {meaning} | {numbers} |")
    return "\n".join(lines)


def beside_null(findings: Sequence[Finding]) -> list[str]:
    """What the model and the null model meet, apart by what numbers of the model were set by.

    What cannot be judged is left out, but for what is built in, which counts with what is imposed.
    """
    judged = [
        f
        for f in findings
        if f.kind != ClaimKind.FORECAST and (f.verdict != Verdict.OPEN or f.imposed)
    ]
    kept = [f for f in judged if f.held_back and not f.imposed]
    seen = [f for f in judged if f.looked_at and not f.imposed]
    given = [f for f in judged if f.imposed]
    others = [f for f in judged if not (f.held_back or f.looked_at or f.imposed)]
    rows = [
        ("held back: no number has been moved towards it since it was marked", kept),
        ("other figures, signs and patterns that no number was set by", others),
        ("what numbers of the model were set looking at", seen),
        ("imposed by inputs, or built in: evidence of nothing", given),
    ]
    lines = [
        f"| figures, signs and patterns ({', '.join(BESIDE_NULL)}) | tests | model meets "
        "| null model meets | both | null model fitted to | null model silent |",
        "|---|---:|---:|---:|---:|---:|---:|",
        *(f"| {words} | {' | '.join(map(str, _counts(found)))} |" for words, found in rows),
    ]
    free = [*kept, *others]
    return ["\n".join(lines), _headline(kept, free, seen, [f for f in seen if _open_to_null(f)])]


def _headline(
    kept: Sequence[Finding],
    free: Sequence[Finding],
    seen: Sequence[Finding],
    unfitted: Sequence[Finding],
) -> str:
    n, model, null, *_ = _counts(free)
    m, model_kept, null_kept, *_ = _counts(kept)
    k, model_seen, _, _, fitted, _ = _counts(seen)
    _, model_unfitted, null_unfitted, *_ = _counts(unfitted)
    return (
        "The null model is one curve for the group's fighters, with everything else in proportion to it. "
        f"Of the {n} that no number of the model was set by, the model meets {model} and the null model "
        f"{null}; of the {m} among them that were held back for that, the model {model_kept} and the "
        f"null model {null_kept}. Of the {k} that numbers of the model were set looking at, the model "
        f"meets {model_seen}; the null model is fitted to {fitted} of these, and of the other "
        f"{len(unfitted)} it meets {null_unfitted}, the model {model_unfitted}. What the null model meets "
        "too says little for the model."
    )


def _counts(found: Sequence[Finding]) -> tuple[int, int, int, int, int, int]:
    """Of tests: how many, met by the model, by the null model, by both, fitted by it, without answer."""
    met = [f for f in found if f.verdict in (Verdict.MET, Verdict.IMPOSED)]
    null = [f for f in found if f.null == Null.MEETS]
    return (
        len(found),
        len(met),
        len(null),
        sum(f.null == Null.MEETS for f in met),
        sum(f.null == Null.FITTED for f in found),
        sum(f.null == Null.SILENT for f in found),
    )


def _open_to_null(finding: Finding) -> bool:
    return finding.null != Null.FITTED
