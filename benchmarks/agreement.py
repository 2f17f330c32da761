"""Whether all solvers find the same optimum: all contenders on the digits until nothing changes."""

from benchmarks import optimum
from benchmarks.objective import ONE_VS_REST, SOFTMAX
from benchmarks.report import Table

FAMILIES = (SOFTMAX, ONE_VS_REST)


def measure(problem, settings, records, progress):
    """Append the objective that each reached; always on the digits."""
    everybody = list(optimum.converged())
    progress.expect([("converged", name) for _, name, _ in everybody])
    for family, name, run in everybody:
        with progress.job(f"{name}, to convergence", ("converged", name)):
            reached = run()
        key = {"kind": "converged", "family": family, "solver": name}
        records.append({**key, "objective": reached})


def unlike(records):
    """Return one line for each comparison that is no longer like for like."""
    lines = []
    for family in FAMILIES:
        reached = _converged(records, family)
        if reached and max(reached.values()) - min(reached.values()) > optimum.TOLERANCE:
            high, low = max(reached, key=reached.get), min(reached, key=reached.get)
            lines.append(
                f"train: the converged objectives of {high} ({reached[high]:.6f}) and {low}"
                f" ({reached[low]:.6f}) differ by more than {optimum.TOLERANCE:g}"
            )
    return lines


def _converged(records, family):
    found = [r for r in records if r["kind"] == "converged" and r["family"] == family]
    return {r["solver"]: r["objective"] for r in found}


def tables(records):
    """Return the table of the objectives that each reached."""
    rows = []
    for family in FAMILIES:
        reached = _converged(records, family)
        for solver, value in reached.items():
            difference = f"{value - min(reached.values()):.1e}"
            rows.append([solver, family, f"{value:.6f}", difference])
    title = f"Like for like: converged objectives on digits, α = {optimum.ALPHA:g}"
    columns = ["solver", "family", "objective", "above the least"]
    return [Table(title, columns, rows)] if rows else []
