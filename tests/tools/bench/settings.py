"""The settings of production, over the files of one site of the benchmark."""

import os
from pathlib import Path

from site_cms.settings.production import *

MEDIA_ROOT = Path(os.environ["STRESS_FOLDER"]) / "media"
# The demo and its additions may be loaded.
DEMO = True
# Whoever measures is not kept from asking often, and logs in with a password alone.
API_RATE = SEARCH_RATE = SUGGESTION_RATE = ""
SECOND_FACTOR_REQUIRED = False
