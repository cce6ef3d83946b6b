"""What a worker does with memory that a run has freed: keeps it for the next run."""

import ctypes
import sys

# Parameters of glibc's mallopt (its malloc.h), and what they are set to, in bytes.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT = 2**30
_LARGEST_KEPT_BLOCK = 2**25  # more is refused by older versions


def keep_freed_memory() -> None:
    """Have this process keep what its runs free, for as long as it lives.

    A run takes some 7 MB and frees them. By default glibc gives that back, and the next run has
    it faulted in again: 1,600 pages, 4% of a khorasan run, in a kernel that other workers wait
    for. Other C libraries are left as they are; one that refuses runs on as before.
    """
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_MMAP_THRESHOLD, _LARGEST_KEPT_BLOCK)
        mallopt(_TRIM_THRESHOLD, _KEPT)
