"""Asks about one picture the way OpenAI's clients do, and prints the answer as it is written.

    python3 chat_completions.py PICTURE "What is the total?" [http://localhost:8000]

The package openai works as well: OpenAI(base_url="http://localhost:8000/v1", api_key="none").
"""
import base64
import json
import mimetypes
import pathlib
import sys

import requests

picture, question = sys.argv[1:3]
server = sys.argv[3] if len(sys.argv) > 3 else "http://localhost:8000"

kind = mimetypes.guess_type(picture)[0] or "application/octet-stream"
image = f"data:{kind};base64," + base64.b64encode(pathlib.Path(picture).read_bytes()).decode()
content = [{"type": "image_url", "image_url": {"url": image}}, {"type": "text", "text": question}]
body = {"messages": [{"role": "user", "content": content}], "max_tokens": 512, "stream": True}
with requests.post(f"{server.rstrip('/')}/v1/chat/completions", json=body, stream=True, timeout=120) as response:
    if not response.ok:
        sys.exit(response.json()["error"]["message"])
    response.encoding = "utf-8"
    for line in response.iter_lines(decode_unicode=True):
        if not line.startswith("data: ") or line == "data: [DONE]":
            continue
        event = json.loads(line[len("data: "):])
        if "error" in event:
            sys.exit(event["error"]["message"])
        for choice in event["choices"]:
            print(choice["delta"].get("content", ""), end="", flush=True)
print()
