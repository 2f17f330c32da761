"""``python -m benchmarks``: run the benchmarks; write tables, JSON and pictures."""

import os
import signal
import sys
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from scratch.command_line import BAD_USAGE, Parser, complain

INTERRUPTED = 130  # the status that shells report for Ctrl-C
UNLIKE = 1
_ONE_XLA_THREAD = "--xla_cpu_multi_thread_eigen=false"
_QUICK = (
    "--quick: shows whether the comparisons are like for like. It can't show who is faster: too few"
    " rounds, too little data, too few settings."
)
_OPTIONS = "dataset", "quick", "threads", "real", "held_out", "ours", "only", "jobs"
# What each shows, and how long it usually takes on two cores with its default data.
CHOICES = {
    "train": ("does each reach a target, how fast, and what does an epoch cost?", "5 min"),
    "epoch": ("an epoch of ours against the expert's NumPy loop (MNIST)", "1 min"),
    "sgd": ("one sample at a time: scikit-learn's bits, and their price", "1 min"),
    "text": ("sparse text: time, memory and quality, at defaults and tuned", "40 min"),
    "metrics": ("each metric against scikit-learn's", "2 min"),
    "scaling": ("time and memory as samples, features and classes grow", "3 min"),
    "scale": ("workers that train side by side, with Dask (extra: scale)", "10 min"),
    "auto": ("defaults alone, on data that differ", "3 min"),
    "auto --real": ("defaults alone, on real tables", "60 min"),
    "all": ("all but the last, one after another", "65 min"),
}
NAMES = tuple(name for name in CHOICES if name.isalpha() and name != "all")


@dataclass(frozen=True)
class Settings:
    """The options of a run."""

    dataset: str = "digits"
    quick: bool = False
    threads: str = "one"
    only: list = field(default_factory=list)  # words in the names of cases
    # of "auto" alone: see `real`
    real: bool = False
    held_out: bool = False
    ours: bool = False
    jobs: int | None = None
    folder: Path | None = None

    @property
    def clock(self):
        """The time that counts: with one thread CPU time, which other processes hardly lengthen."""
        return "cpu_seconds" if self.threads == "one" else "seconds"


def main(argv=None):
    """Run the command.

    Parameters
    ----------
    argv : list of str, default=None
        The arguments; None means the process's own.

    Returns
    -------
    int
        Exit status: 0 if all went well, 1 if a comparison was not like for like or the data can't
        be had, 2 if the options are wrong or the folder can't be written, 130 after Ctrl-C.
    """
    parser = make_parser()
    options = parser.parse_args(argv)
    if options.name is None and not options.quick:
        print(choices(), end="")
        return 0
    options.name = options.name or "all"
    if options.name not in (*NAMES, "all"):  # not by `choices`: a wrong option is to be told first
        parser.error(f"unknown benchmark {options.name!r}: one of {', '.join(NAMES)}, all")
    if options.held_out and not options.real:
        parser.error("--held-out is of auto --real")
    folder = Path(options.out or f"benchmark-{options.name}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / ".writable").touch()
        (folder / ".writable").unlink()
    except OSError as error:
        return complain(parser, f"can't write to {folder}: {error.strerror}", BAD_USAGE)
    how = {option: getattr(options, option) for option in _OPTIONS}
    how["dataset"] = options.dataset or (
        "mnist" if options.name in ("epoch", "scale") else "digits"
    )
    settings = Settings(**how, folder=folder)
    names = NAMES if options.name == "all" else (options.name,)
    words = sys.argv[1:] if argv is None else argv
    unlike = []
    try:
        for name in names:
            unlike += run(import_module(f"benchmarks.{name}"), settings, folder, words)
    except KeyboardInterrupt:
        return complain(parser, f"interrupted; what was done is in {folder}", INTERRUPTED)
    except OSError as error:
        return complain(parser, error, 1)
    for line in unlike:
        complain(parser, f"not like for like: {line}", UNLIKE)
    return UNLIKE if unlike else 0


def choices():
    """The benchmarks with their usual times, as text."""
    width = max(map(len, CHOICES))
    lines = [f"    {name:{width}}  {time:>6}  {what}" for name, (what, time) in CHOICES.items()]
    usage = "python -m benchmarks NAME, where NAME is one of"
    more = (
        "--quick runs all of them in two minutes, to see that they run; --help shows the options."
    )
    return "\n".join([usage, "", *lines, "", more, ""])


def make_parser():
    parser = Parser(
        prog="python -m benchmarks",
        description="scratch against scikit-learn, and against the floor: tables on the terminal,"
        " JSON, Markdown and pictures in a folder.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar="{" + ",".join((*NAMES, "all")) + "}",
        help="without a name: tell what each does, and how long it takes",
    )
    parser.add_argument(
        "--dataset",
        choices=("mnist", "digits", "synthetic"),
        help="what train, epoch, sgd and scale run on; mnist (fetched once, 15 MB) also takes"
        " metrics to a million samples of all types of label. Train then takes about a quarter of"
        " an hour; default: digits, and mnist for epoch and scale",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="small sizes, few settings, two rounds: in about a minute it shows whether the"
        " comparisons are like for like, and fails if not; it can't show who is faster",
    )
    parser.add_argument(
        "--threads",
        choices=("one", "default"),
        default="one",
        help="of every library's products; with one, CPU time counts, else the wall clock;"
        " default: %(default)s",
    )
    some = {"nargs": "+", "default": [], "metavar": "WORD"}
    parser.add_argument(
        "--only",
        **some,
        help="of epoch, text and auto --real: the cases whose names hold a word; of scale: cluster"
        " or simulated",
    )
    real = parser.add_argument_group("of auto")
    real.add_argument("--real", action="store_true", help="on real tables (extra: peers)")
    real.add_argument(
        "--held-out",
        action="store_true",
        help="with --real: the tables that are held out, once before a release",
    )
    real.add_argument("--ours", action="store_true", help="with --real: our classifiers alone")
    real.add_argument("--jobs", type=int, metavar="N", help="with --real: processes")
    parser.add_argument("--out", metavar="DIR", help="default: benchmark-NAME")
    return parser


def run(benchmark, settings, folder, words):
    """Run one benchmark and write its results; return what is not like for like."""
    import threadpoolctl

    from benchmarks import machine
    from benchmarks.race import Progress

    records, complete = [], False
    progress = Progress(benchmark.NAME)
    before = signal.signal(signal.SIGINT, progress.interrupt)
    description = machine.describe() | {"threads_used": settings.threads}
    one = settings.threads == "one"
    if one:  # before PyTorch and JAX are loaded
        os.environ |= {"OMP_NUM_THREADS": "1", "XLA_FLAGS": _ONE_XLA_THREAD}
    try:
        with threadpoolctl.threadpool_limits(1 if one else None):
            benchmark.measure(settings, records, progress)
        complete = True
    finally:
        signal.signal(signal.SIGINT, before)
        progress.clear()
        if records:
            _tell(benchmark, records, complete, description, folder, words)
            if settings.quick:
                print(_QUICK, end="\n\n")
    return benchmark.unlike(records)


def _tell(benchmark, records, complete, description, folder, words):
    """Print and write the tables and pictures of the records."""
    from benchmarks import machine, plots
    from benchmarks.report import write_json

    tables = benchmark.tables(records)
    for table in tables:
        table.notes.append(machine.kernels(description))
    write_json(
        folder / f"{benchmark.NAME}.json",
        benchmark=benchmark.NAME,
        command=["python", "-m", "benchmarks", *words],
        complete=complete,
        machine=description,
        tables=tables,
        records=records,
    )
    for table in tables:
        print(table, end="\n\n")
    line = machine.line(description)
    print(line)
    texts = [*(table.markdown() for table in tables), line, ""]
    (folder / f"{benchmark.NAME}.md").write_text("\n".join(texts), "utf-8")
    names = plots.save(benchmark.pictures(records), folder)
    written = ", ".join([f"{benchmark.NAME}.json", f"{benchmark.NAME}.md", *names])
    print(f"{'' if complete else 'NOT COMPLETE. '}In {folder}: {written}\n", flush=True)
