"""nginx with a folder of its own, on loopback, that takes every message: "ok", or
an event's id where it is Matrix's.

Prints one line DELIVER_URL=…, and ends when standard input does.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile

CONFIGURATION = """
worker_processes 1;
daemon off;
pid {folder}/pid;
error_log {folder}/errors;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  keepalive_requests 1000000;
  client_body_buffer_size 64k;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port};
    location / {{ default_type text/plain; return 200 "ok"; }}
    location /_matrix/ {{
      default_type application/json; return 200 '{{"event_id":"$request_id"}}';
    }}
  }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except ConnectionRefusedError:
            pass


folder = tempfile.mkdtemp(prefix="paperboy-nginx-")
port = free_port()
with open(f"{folder}/nginx.conf", "w", encoding="utf-8") as file:
    file.write(CONFIGURATION.format(folder=folder, port=port))
program = shutil.which("nginx", path=os.environ["PATH"] + ":/usr/sbin")
nginx = subprocess.Popen([program, "-p", folder, "-e", f"{folder}/errors",
                          "-c", f"{folder}/nginx.conf"])
try:
    wait_for(port)
    print(f"DELIVER_URL=http://127.0.0.1:{port}", flush=True)
    sys.stdin.read()
finally:
    nginx.terminate()
    nginx.wait()
    shutil.rmtree(folder)
