"""Asks about one picture and prints the answer as it is written.

    python3 chat_stream.py PICTURE "What is the total?" [http://localhost:8000]
"""
import base64
import json
import pathlib
import sys

import requests

picture, question = sys.argv[1:3]
server = sys.argv[3] if len(sys.argv) > 3 else "http://localhost:8000"

body = {"image": base64.b64encode(pathlib.Path(picture).read_bytes()).decode(), "question": question, "stream": True}
with requests.post(f"{server.rstrip('/')}/v1/chat", json=body, stream=True, timeout=120) as response:
    response.raise_for_status()
    response.encoding = "utf-8"
    for line in response.iter_lines(decode_unicode=True):
        if not line.startswith("data: "):
            continue
        if line == "data: [DONE]":
            break
        event = json.loads(line[len("data: "):])
        if "error" in event:
            sys.exit(event["error"])
        print(event["delta"], end="", flush=True)
print()
