"""The process that reads one SPSS file: bytes on standard input, its contents as JSON on standard output.

Run by its path by `corpus.spss`; imports nothing of the project. Any status but 0 means that the file cannot be read.
"""

from __future__ import annotations

import io
import json
import sys

import pyreadstat

_MOST_CELLS = 2_000_000


def main() -> int:
    """Reads the file; returns the status of the process."""
    data = sys.stdin.buffer.read()
    try:
        _columns, about = pyreadstat.read_sav(io.BytesIO(data), metadataonly=True, output_format="dict")
        height = about.number_rows or 0
        columns: dict[str, list[object]] = {}
        if height * len(about.column_names) <= _MOST_CELLS:
            columns, about = pyreadstat.read_sav(
                io.BytesIO(data), output_format="dict", disable_datetime_conversion=True, user_missing=True
            )
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, MemoryError) as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    told = {
        "names": about.column_names,
        "height": height,
        "wordings": about.column_labels,
        "kinds": [about.original_variable_types.get(name, "") for name in about.column_names],
        "labels": [list(about.variable_value_labels.get(name, {}).items()) for name in about.column_names],
        "columns": [list(columns.get(name, ())) for name in about.column_names],
    }
    sys.stdout.buffer.write(json.dumps(told).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
