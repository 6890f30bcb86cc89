"""The settings of the shipped server. A command that loads Django to do little else is ready a third sooner if
nobody looks for garbage meanwhile."""

import gc

from tests.stress.settings import *

gc.set_threshold(100_000, 10, 10)
