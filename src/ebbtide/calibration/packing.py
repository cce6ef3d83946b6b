"""A bank as small as weighing needs, to be kept beside a scenario: it is read as any other.

What makes a run, and where its quantities stood, follows from base seed, number and proposals, so that no
value is kept; of what was seen of it only what bears on statements and on what is told of outcomes, in 32
bits, which is how a bank is weighed wherever it lies.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ebbtide.calibration.bank import PROPOSALS
from ebbtide.calibration.posterior import OUTCOMES_TOLD
from ebbtide.calibration.sensitivity import NUMBERS_NEEDED
from ebbtide.study.chunk_files import name_of
from ebbtide.study.results import Results
from ebbtide.study.store import MANIFEST, Refused, write_whole
from ebbtide.world.tables import ENDED, KEYS, OF_RUN

if TYPE_CHECKING:
    from ebbtide.calibration.posterior import Posterior

LEVEL = 19  # of compression: written once, read often


def pack(posterior: Posterior, bank: Path, folder: Path) -> int:
    """Write the runs of a bank, which is in a folder, into a new one, and return its bytes.

    Raises Refused where something is in that already.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if folder.exists() and any(folder.iterdir()):
        raise Refused(f"{folder}: holds something already; a bank is packed into its own folder")
    seen = dict.fromkeys(
        [
            *(name for each in posterior.statements for name in each.kept),
            *OUTCOMES_TOLD,
            *NUMBERS_NEEDED,
        ]
    )
    runs = Results.open(bank).runs()  # those that failed too
    columns = {name: pa.array(runs[name], pa.type_for_alias(KEYS[name])) for name in OF_RUN}
    columns |= {name: pa.array(runs[name], pa.type_for_alias(ENDED[name])) for name in ENDED}
    columns |= {name: pa.array(runs[name].astype("float32")) for name in seen}
    table = pa.table(columns)
    sink = pa.BufferOutputStream()
    pq.write_table(
        table, sink, compression="zstd", compression_level=LEVEL, use_dictionary=[*OF_RUN, *ENDED],
        use_byte_stream_split=[*seen], write_page_checksum=True,
    )  # fmt: skip
    files = {
        MANIFEST: (bank / MANIFEST).read_bytes(),
        PROPOSALS: (bank / PROPOSALS).read_bytes(),
        f"runs/{name_of(runs['run'].tolist())}": sink.getvalue().to_pybytes(),
    }
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, content)
    return sum(map(len, files.values()))
