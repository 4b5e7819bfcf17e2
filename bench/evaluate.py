"""Power, delay and false alarms in simulated worlds, beside other detectors: `python bench/evaluate.py [--worlds 200] [--keep FILE]`, the same as `waspada evaluate`."""

import sys

from waspada.cli import main

if __name__ == "__main__":
    sys.exit(main(["evaluate", *sys.argv[1:]]))
