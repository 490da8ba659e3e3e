"""`python -m simulation --parameters` writes the table of MODEL.md."""

import re
import sys
from pathlib import Path

from simulation.parameters import as_table

MODEL = Path(__file__).parent / "MODEL.md"


def write_parameters() -> None:
    text = MODEL.read_text()
    MODEL.write_text(
        re.sub(r"<!-- table -->.*?<!-- end -->", f"<!-- table -->\n{as_table()}\n<!-- end -->", text, flags=re.S)
    )


if __name__ == "__main__" and "--parameters" in sys.argv:
    write_parameters()
