"""Where knockon starts, as the command ``knockon`` and as ``python -m knockon``."""

from __future__ import annotations

import sys

from knockon.guard import check_foreign_packages

__all__ = ["main"]


def main() -> None:
    """Run the command line, or say in one sentence (exit code 2) whose package is in its place."""
    fault = check_foreign_packages()
    if fault is not None:
        sys.stderr.write(f"knockon: {fault}\n")
        sys.exit(2)
    # Not before: importing it imports the packages that were just looked at.
    from knockon.cli.main import main as run_command_line  # noqa: PLC0415

    run_command_line()


if __name__ == "__main__":
    main()
