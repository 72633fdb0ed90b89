"""``python -m duizhao`` and the ``duizhao`` command."""

from __future__ import annotations

import gc

# Nothing that is made while the program loads is garbage; looking for it is a twentieth of what --help takes.
gc.disable()

from duizhao.cli.app import main  # noqa: E402

gc.enable()

__all__ = ["main"]

if __name__ == "__main__":
    main()
