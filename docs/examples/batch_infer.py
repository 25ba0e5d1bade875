"""Asks one question about every picture of a folder and prints one line a file.

    python3 batch_infer.py FOLDER "Which company is on this receipt?" [http://localhost:8000]
"""
import base64
import mimetypes
import pathlib
import sys

import requests

folder, prompt = sys.argv[1:3]
server = sys.argv[3] if len(sys.argv) > 3 else "http://localhost:8000"


def data_uri(path):
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


files = sorted(path for path in pathlib.Path(folder).iterdir() if path.is_file())
body = {"requests": [{"image": data_uri(path), "prompt": prompt, "max_tokens": 512, "temperature": 0.0} for path in files]}
response = requests.post(f"{server.rstrip('/')}/v1/batch-infer", json=body, timeout=120)
response.raise_for_status()
for path, result in zip(files, response.json()["results"]):
    print(f"{path.name}: {result['text']}" if "error" not in result else f"{path.name}: failed: {result['error']}")
