"""TOKENIZER PAGES: the training's own token ids of pages ([[[left, right, middle, text], …], …] as JSON), for the test that compares them with the engine's."""
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'training'))
from mini.tokenizer import Tokenizer  # noqa: E402
from mini.transcript import Line  # noqa: E402

tokenizer = Tokenizer(sys.argv[1])
with open(sys.argv[2], encoding='utf8') as file:
    pages = json.load(file)
print(json.dumps([tokenizer.transcript([Line(*line) for line in page]) for page in pages]))
