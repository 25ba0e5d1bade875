"""An untrained checkpoint of the model's sizes, for trying the export and the speed before training: python3 make_random.py FOLDER"""
import os
import shutil
import sys

from mini import export, network
from mini.tokenizer import FILE


def main(folder):
    os.makedirs(folder, exist_ok=True)
    if os.path.abspath(FILE) != os.path.abspath(os.path.join(folder, 'tokenizer.json')):
        shutil.copy(FILE, folder)
    export.write_folder(folder)
    model = network.Glm(network.Sizes())
    export.write_safetensors(os.path.join(folder, 'model.safetensors'), export.tensors(model, list(model.parameters())))


if __name__ == '__main__':
    main(sys.argv[1])
