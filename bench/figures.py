"""The table: what was measured, what the machine itself needs, what was asked for, whether it holds."""

from dataclasses import dataclass

HEAD = ["Figure", "Here", "Yardstick", "Asked for", "Result"]


@dataclass(frozen=True)
class Figure:
    """One line. `holds` is None for what is told without a bound."""

    name: str
    here: str
    yardstick: str = ""
    asked: str = ""
    holds: bool | None = None

    @property
    def result(self):
        return {True: "holds", False: "falls short", None: ""}[self.holds]

    @property
    def cells(self):
        return [self.name, self.here, self.yardstick, self.asked, self.result]


def ratio(name, mine, plain, most, *, unit="ms"):
    """`mine` against `plain`, lower is better."""
    times = mine / plain
    return Figure(
        name,
        f"{mine:.1f} {unit} ({times:.1f} ×)",
        f"{plain:.1f} {unit}",
        f"at most {most} ×",
        times <= most,
    )


def table(figures):
    """The figures as a Markdown table, readable in a terminal too."""
    rows = [HEAD, *(figure.cells for figure in figures)]
    wide = [max(len(row[at]) for row in rows) for at in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (size + 2) for size in wide) + "|")
    return "\n".join(lines)
