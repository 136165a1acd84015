"""The box of `staff_box.py` as a demonstration."""

import sys
from pathlib import Path

from tests.pages.staff.staff_box import main

if __name__ in {'__main__', '__mp_main__'}:
    main(int(sys.argv[1]), Path.cwd(), demo=True)
