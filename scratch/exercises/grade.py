"""``python -m scratch grade``: a folder of files, each in processes of its own, several at once."""

import csv
import json
import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from scratch.exercises.catalogue import EXERCISES
from scratch.exercises.sandbox import NotLoaded, Sandbox


def grade_file(path, names, **limits):
    """What became of each exercise in a file: a dictionary by name.

    ``status`` is "passed", "failed", "not written" or "not run"; of a failure ``law`` is the first
    that is broken, and ``diagnosis`` why.
    """
    results = {name: {"status": "not run", "law": "", "diagnosis": ""} for name in names}
    try:
        for name, report in Sandbox(path, names, **limits).reports():
            results[name] = result_of(report)
    except (NotLoaded, OSError) as error:
        for result in results.values():
            if result["status"] == "not run":
                result["diagnosis"] = str(error)
    return results


def result_of(report):
    if report is None or report.missing:
        return {"status": "not written", "law": "", "diagnosis": report.missing if report else ""}
    if report:
        return {"status": "passed", "law": "", "diagnosis": ""}
    failed = report.outcomes[-1]
    diagnosis = failed.broken.reason or "\n".join(failed.broken.example[-2:]).strip()
    return {"status": "failed", "law": failed.name, "diagnosis": diagnosis}


def grade(folder, names, say=print, jobs=None, **limits):
    """Grade the files of a folder; return the results by file, in alphabetical order.

    Parameters
    ----------
    folder : str or Path
    names : list of str
        Exercises.
    say : callable
        Called with a line for each file that is done.
    jobs : int, default=None
        Files at once; None means one for each core.
    **limits : timeout, allow_imports, seed
        See `Sandbox`.
    """
    files = sorted(p for p in Path(folder).iterdir() if p.suffix in (".py", ".ipynb"))
    results = {}
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        running = {pool.submit(grade_file, path, names, **limits): path.name for path in files}
        try:
            for done in as_completed(running):
                file = running[done]
                results[file] = done.result()
                say(f"{line(file, results[file])}   ({len(results)} of {len(files)})")
        finally:
            for waiting in running:
                waiting.cancel()
    return {path.name: results[path.name] for path in files}


def line(file, results):
    passed = [name for name, result in results.items() if result["status"] == "passed"]
    failed = [name for name, result in results.items() if result["status"] == "failed"]
    text = f"{file}: {len(passed)} of {len(results)}"
    if all(result["status"] == "not run" for result in results.values()):
        reason = next(iter(results.values()))["diagnosis"].splitlines() or [""]
        return f"{text}, not run: {reason[-1]}"
    return text + (f", failed: {', '.join(failed)}" if failed else "")


def write_json(path, results):
    Path(path).write_text(json.dumps(results, indent=1, ensure_ascii=False), encoding="utf-8")


def write_csv(path, results):
    """One row for each file and exercise."""
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "number", "exercise", "status", "law", "diagnosis"])
        for name, exercises in results.items():
            for exercise, result in exercises.items():
                rows.writerow([name, EXERCISES[exercise].number, exercise, *result.values()])
