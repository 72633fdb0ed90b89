"""``python -m duizhao`` and the ``duizhao`` command."""

from __future__ import annotations

from duizhao.cli.app import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
