"""The process that reads spreadsheets, from the inside: little memory, one file after another, until its caller is gone."""

from __future__ import annotations

import errno
import gc
import os
import pickle
import sys
import traceback
from pathlib import Path
from typing import Any, BinaryIO

from ocop_desktop.errors import UserError
from ocop_desktop.sheets import readers
from ocop_desktop.sheets.containers import Limits
from ocop_desktop.sheets.reading_process import dumped

MEMORY = 1 << 30  # bytes of address space it may take
_KILL_WITH_CALLER, _PROCESS_MEMORY, _EXTENDED_LIMITS = 0x2000, 0x100, 9  # Windows: flags of a job object


def main() -> None:
    """Answer jobs from standard input on standard output."""
    jobs, answers = _streams()
    _limit_memory()
    gc.set_threshold(200_000, 20, 20)  # cells hold no cycles: seldom searched for any, they come a third sooner
    _send(answers, ("ready", None))
    while True:
        try:
            path, name, limits = pickle.load(jobs)
        except (EOFError, OSError):
            return
        _send(answers, _answer(answers, Path(path), name, limits))


def _answer(answers: BinaryIO, path: Path, name: str, limits: Limits) -> tuple[str, Any]:
    try:
        for part in readers.read(path, name, limits):
            _send(answers, ("part", part))
        return "end", None
    except UserError as error:
        return "refused", (error.message, error.values)
    except MemoryError:
        return "memory", None
    except Exception as error:  # a bug: raised again, with its traceback, in the program that asked
        if isinstance(error, OSError) and error.errno == errno.ENOMEM:
            return "memory", None
        return "bug", traceback.format_exc()


def _send(answers: BinaryIO, message: tuple[str, Any]) -> None:
    answers.write(dumped(message))
    answers.flush()


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """The two ends of the caller; whatever a library prints goes nowhere. A windowed program lacks ``sys.stdin``, not these."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(0, os.O_BINARY)
        msvcrt.setmode(1, os.O_BINARY)
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    return jobs, answers


def _limit_memory() -> None:
    """Take no more memory than MEMORY: a limit of the process on Unix, a job object on Windows."""
    if sys.platform == "win32":
        _limit_on_windows()
        return
    import resource

    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ValueError, OSError):  # a system that knows no such limit; the clock and the sizes still hold
        return


def _limit_on_windows() -> None:
    import ctypes
    from ctypes import wintypes

    class Basic(ctypes.Structure):
        _fields_ = (
            ("process_time", ctypes.c_int64), ("job_time", ctypes.c_int64), ("flags", wintypes.DWORD),
            ("least", ctypes.c_size_t), ("most", ctypes.c_size_t), ("processes", wintypes.DWORD),
            ("affinity", ctypes.c_size_t), ("priority", wintypes.DWORD), ("scheduling", wintypes.DWORD),
        )  # fmt: skip

    class Extended(ctypes.Structure):
        _fields_ = (
            ("basic", Basic), ("io", ctypes.c_uint64 * 6), ("process_memory", ctypes.c_size_t),
            ("job_memory", ctypes.c_size_t), ("peak_process", ctypes.c_size_t), ("peak_job", ctypes.c_size_t),
        )  # fmt: skip

    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - there only on Windows
    kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    job = kernel.CreateJobObjectW(None, None)  # kept open: the limit lives as long as this process
    limits = Extended()
    limits.basic.flags, limits.process_memory = _KILL_WITH_CALLER | _PROCESS_MEMORY, MEMORY
    kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
    kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
