"""Asks about one picture the way Gradio clients do.

    python3 predict.py PICTURE "What is the total?" [http://localhost:8000]
"""
import base64
import pathlib
import sys

import requests

picture, prompt = sys.argv[1:3]
server = sys.argv[3] if len(sys.argv) > 3 else "http://localhost:8000"

image = "data:image/png;base64," + base64.b64encode(pathlib.Path(picture).read_bytes()).decode()
response = requests.post(f"{server.rstrip('/')}/api/predict", json={"data": [image, prompt]}, timeout=120)
response.raise_for_status()
print(response.json()["data"][0])
