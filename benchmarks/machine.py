"""The machine that the figures were measured on."""

import datetime
import os
import platform
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import threadpoolctl

_PEERS = "torch", "jax"  # which bring products of their own


def describe():
    """The machine, as JSON.

    Returns
    -------
    dict
        ``processor``, ``cores``, ``memory_gib``, ``system``, ``blas`` (a list: name, version,
        architecture, threads), ``versions`` (of Python and the libraries), ``date`` (UTC).
    """
    import matplotlib
    import numpy
    import scipy
    import sklearn

    import scratch

    modules = (numpy, scipy, sklearn, matplotlib, scratch)
    return {
        "processor": _processor(),
        "cores": cores(),
        "memory_gib": _memory(),
        "system": f"{platform.system()} {platform.machine()}",
        "blas": [
            {
                "library": pool["internal_api"],
                "version": pool["version"],
                "architecture": pool.get("architecture"),
                "threads": pool["num_threads"],
                "of": _owner(pool["filepath"]),
            }
            for pool in threadpoolctl.threadpool_info()
            if pool["user_api"] == "blas"
        ],
        "versions": {
            "python": platform.python_version(),
            **{module.__name__: module.__version__ for module in modules},
            **{peer: version(peer) for peer in _PEERS if find_spec(peer)},
        },
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
    }


def kernels(machine):
    """Whose products were timed, for the foot of a table."""
    blas = sorted({f"{b['of']}: {b['library']}, {b['architecture']}" for b in machine["blas"]})
    peers = [
        f"{name} {machine['versions'][name]}" for name in _PEERS if name in machine["versions"]
    ]
    own = f"; {', '.join(peers)}: their own" if peers else ""
    threads = "one thread" if machine["threads_used"] == "one" else "default number of threads"
    return f"Kernels: {'; '.join(blas) or 'unknown'}{own}; {threads}."


def line(machine):
    """The machine in one line."""
    blas = {f"{b['library']} {b['version']} ({b['architecture']})" for b in machine["blas"]}
    versions = machine["versions"]
    return (
        f"{machine['processor']}, {machine['cores']} cores, {machine['system']}; "
        f"{', '.join(sorted(blas)) or 'unknown BLAS'}; "
        f"Python {versions['python']}, NumPy {versions['numpy']}, "
        f"scikit-learn {versions['sklearn']}; {machine['date'][:10]}"
    )


def _processor():
    try:
        for entry in Path("/proc/cpuinfo").read_text().splitlines():
            if entry.startswith("model name"):
                return entry.partition(":")[2].strip()
    except OSError:
        pass  # not Linux
    return platform.processor() or platform.machine()


def cores():
    """How many this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count()


def _memory():
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, ValueError, OSError):
        return None


def _owner(path):
    """The package that brings a library: ``numpy`` of ``…/numpy.libs/libopenblas.so``."""
    return Path(path).parent.name.removesuffix(".libs")
