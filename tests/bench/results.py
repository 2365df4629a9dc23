"""What was measured, as a table to read and as JSON to compare."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Result:
    """One ratio. ``n`` is how often each side was measured, ``against`` what it is divided by."""

    name: str
    ratio: float
    bound: float
    n: int
    against: str

    @property
    def holds(self) -> bool:
        """Tell whether the ratio keeps its bound."""
        return self.ratio <= self.bound


def write(results: list[Result], path: Path) -> None:
    """Write the results as a list of objects, one a row."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(result) | {"ratio": round(result.ratio, 3), "holds": result.holds} for result in results]
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def show(results: list[Result]) -> str:
    """Return the results as a table."""
    head = f"{'measured':44} {'ratio':>8} {'bound':>8}  holds {'n':>6}  against"
    lines = [
        f"{result.name:44} {result.ratio:8.2f} {result.bound:8.2f}  {'yes' if result.holds else 'NO':5} "
        f"{result.n:6}  {result.against}"
        for result in results
    ]
    return "\n".join([head, "-" * len(head), *lines])
