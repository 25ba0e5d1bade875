"""Writes a training state's averaged weights as a checkpoint folder: python3 export.py out/state.pt ../models/glm-studio-mini"""
import os
import sys

import torch

from mini import export, folder, network
from mini.sizes import Sizes


def main(state, target):
    model = network.Glm(Sizes())
    average = torch.load(state, map_location='cpu')['average']
    folder.write_folder(target)
    export.write_safetensors(os.path.join(target, 'model.safetensors'), export.tensors(model, average))


if __name__ == '__main__':
    main(*sys.argv[1:3])
