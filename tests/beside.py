"""The real reports beside the repository, which a clone does not have.

``samples/`` holds the same agencies and figures with a text of our own in every layout and format, and
``tests/report/test_samples.py`` asks the same of them: figures, facts, findings, silence, places.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("GONGKAI_SHARED", ROOT.parent / "shared"))
SEEDS = SHARED / "seeds"
REAL = SHARED / "real"
MISSING = f"the real reports are not at {SHARED} (GONGKAI_SHARED); samples/ stands in for them"

needs_seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason=MISSING)
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=MISSING)
