"""Settings under which the measured records are made: demo records need the development flag."""

from tests.bench.settings import *

DEBUG = True
