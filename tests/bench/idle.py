"""Starts a bot, waits until it is ready, lets it idle and looks at it:

    idle.py paperboy | COMMAND...

Ready: what sd_notify(3) calls so, or a line "ready" on standard output; from
then on it waits for what comes.  Memory is what the kernel calls VmRSS, shared
libraries included; cpu_ms is processor time until ready.  Its environment is as
small as a service manager's.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

PATIENCE_SECONDS = 20
IDLE_SECONDS = 3

CONFIG = """[bot]
contact = tests@example.org
[store]
url = sqlite:{place}/paperboy.db
[source arxiv]
feed_url = {url}/rss
api_url = {url}/query
oai_url = {url}/oai
[source huggingface]
url = {url}/daily_papers
[source openalex]
url = {url}/openalex
[source semantic_scholar]
url = {url}/graph
[source pictures]
url = {url}/pictures/{{id}}.png
[writer sentences]
type = extractive
[writer main]
type = chat_completion
url = {url}/v1
model = made-up
[writer libre]
type = libretranslate
url = {url}/libre
[server]
listen = 127.0.0.1:{port}
[account home]
type = matrix
homeserver = {url}
token = made-up
[channel ml]
account = home
room = !room:example.org
categories = LG AI
schedule = 08:00 daily
timezone = Europe/Berlin
[account lab]
type = slack
token = xoxb-made-up
app_token = xapp-made-up
api_url = {url}/api
[channel reading]
account = lab
room = C0123456789
categories = LG CL
schedule = 09:00 weekdays
timezone = Europe/Berlin
[channel team]
type = slack
webhook = {url}/webhook
categories = LG CV CL
schedule = 13:30 weekdays
timezone = Asia/Shanghai
"""


KEPT = ("PATH", "HOME", "LC_ALL", "PLACES_URL", "NODE_PATH", "NODE_ENV",
        "PYTHONDONTWRITEBYTECODE")


class Notes:
    """The service manager's socket."""

    def __init__(self, place):
        self.path = place + "/notify"
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(PATIENCE_SECONDS)

    def wait(self):
        while b"READY=1" not in self.socket.recv(4096).split(b"\n"):
            pass
        return time.monotonic()


class Lines:
    """Its standard output."""

    def __init__(self, stream):
        self.stream, self.ready, self.when = stream, threading.Event(), 0
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        for line in self.stream:
            if line.strip() == b"ready":
                self.when = time.monotonic()
                self.ready.set()

    def wait(self):
        if not self.ready.wait(PATIENCE_SECONDS):
            raise TimeoutError
        return self.when


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def paperboy_command(place):
    config = place + "/paperboy.ini"
    with open(config, "w") as file:
        file.write(CONFIG.format(place=place, port=free_port(),
                                 url=os.environ["PLACES_URL"]))
    return [os.environ["PAPERBOY_PROGRAM"], "run", "--config", config]


def rss_mib(pid):
    with open(f"/proc/{pid}/status") as lines:
        for line in lines:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    raise ValueError("no VmRSS")


def cpu_ms(pid):
    """Of all its threads: the first figure of each, in nanoseconds."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat") as line:
            total += int(line.read().split()[0])
    return total / 1e6


def complain(place, process):
    with open(place + "/log") as log:
        said = log.read().strip().splitlines() or [""]
    print(f"never ready (exit code {process.poll()}): {said[-1]}",
          file=sys.stderr)
    return 1


def look_at(place, command, notified):
    notes = Notes(place)
    env = {name: os.environ[name] for name in KEPT if name in os.environ}
    if notified:
        env["NOTIFY_SOCKET"] = notes.path
    with open(place + "/log", "w") as log:
        began = time.monotonic()
        process = subprocess.Popen(
            command, env=env, stdin=subprocess.DEVNULL, stderr=log,
            stdout=log if notified else subprocess.PIPE)
    try:
        ready = (notes if notified else Lines(process.stdout)).wait()
        cpu = cpu_ms(process.pid)
        time.sleep(IDLE_SECONDS)
        if process.poll() is not None:
            return complain(place, process)
        print(f"mib={rss_mib(process.pid):.1f} cpu_ms={cpu:.1f} "
              f"ready_ms={1e3 * (ready - began):.1f}")
        return 0
    except (TimeoutError, socket.timeout):
        return complain(place, process)
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def main():
    place = tempfile.mkdtemp(prefix="paperboy-bench-")
    ours = sys.argv[1:] == ["paperboy"]
    if "PLACES_URL" not in os.environ:
        print("what it would talk to could not be started", file=sys.stderr)
        return 1
    try:
        command = paperboy_command(place) if ours else sys.argv[1:]
        if ours:  # not its first start: the database is there
            subprocess.run([command[0], "status", *command[2:]],
                           capture_output=True)
        return look_at(place, command, ours)
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    sys.exit(main())
