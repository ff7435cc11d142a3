"""Run the benchmarks named (all without names) and print medians, floors and ratios; exit 1 when a limit is missed."""

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> int:
    folder = Path(__file__).parent
    known = sorted(p.stem.removeprefix("bench_") for p in folder.glob("bench_*.py"))
    unknown = set(names) - set(known)
    if unknown:
        print(f"No benchmark {', '.join(sorted(unknown))}; there are: {', '.join(known)}", file=sys.stderr)
        return 2
    missed = 0
    print(f"{'':52} {'median ms':>10} {'p95 ms':>9} {'floor ms':>9} {'ratio':>7} {'limit':>7}")
    for name in names or known:
        for row in importlib.import_module(f"tests.benchmarks.bench_{name}").run():
            measured = next((row[key] for key in ("ratio", "p95_ms", "median_ms") if row.get(key) is not None), 0)
            over = row.get("limit") is not None and measured > row["limit"]
            missed += over
            cells = [
                _cell(row.get(key), width)
                for key, width in (("median_ms", 10), ("p95_ms", 9), ("floor_ms", 9), ("ratio", 7), ("limit", 7))
            ]
            print(f"{row['name'][:52]:52} {' '.join(cells)}{'  OVER' if over else ''}", flush=True)
    return 1 if missed else 0


def _cell(value: float | None, width: int) -> str:
    return f"{'' if value is None else f'{value:.2f}':>{width}}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
