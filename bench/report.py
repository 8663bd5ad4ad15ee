"""Where the figures go: to the terminal, and with --write between the marks of a document."""

from bench.figures import table


def show(title, figures):
    print(f"\n{title}\n{table(figures)}", flush=True)
