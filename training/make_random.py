"""An untrained checkpoint of the model's sizes, for trying the export and the speed before training: python3 make_random.py FOLDER"""
import os
import shutil
import sys

from mini import export, folder, network
from mini.sizes import Sizes
from mini.tokenizer import FILE


def main(target):
    os.makedirs(target, exist_ok=True)
    if os.path.abspath(FILE) != os.path.abspath(os.path.join(target, 'tokenizer.json')):
        shutil.copy(FILE, target)
    folder.write_folder(target)
    model = network.Glm(Sizes())
    export.write_safetensors(os.path.join(target, 'model.safetensors'), export.tensors(model, list(model.parameters())))


if __name__ == '__main__':
    main(sys.argv[1])
