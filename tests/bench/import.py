"""paperboy fetch --from takes in the snapshot's records, by the command that
people give.  mib: the most memory that it took; tenth_mib: for a tenth of the
records, which tells whether memory grows with them."""

import os
import resource
import subprocess
import sys
import time

from stores import PLACE, RECORDS, remove

STORE = f"{PLACE}/import.db"
# As GNU time has it: what a child took at most, of this child alone.
CHILD = """import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""


def fetch(records):
    """MiB at most."""
    remove(STORE)
    done = subprocess.run(
        [sys.executable, "-c", CHILD, os.environ["PAPERBOY_PROGRAM"], "fetch",
         "--store", f"sqlite:{STORE}", "--from", records],
        check=True, stdout=subprocess.PIPE, text=True)
    return int(done.stdout) / 1024


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main():
    tenth_mib = fetch(os.environ["IMPORT_TENTH"])
    begin, used = time.monotonic(), processor_seconds()
    mib = fetch(os.environ["IMPORT_RECORDS"])
    passed, used = time.monotonic() - begin, processor_seconds() - used
    remove(STORE)
    print(f"rate={RECORDS / passed:.1f} cpu_us={used / RECORDS * 1e6:.2f} "
          f"mib={mib:.1f} tenth_mib={tenth_mib:.1f}")


if __name__ == "__main__":
    main()
