"""Loads the exported folder in transformers' Glm4vForConditionalGeneration, checks that training's own network and tokenizer agree with it, and records its
answers as a fixture for the engine's parity tests (GlmStudio.Tests/Parity).

    python3 record_parity.py ../models/glm-studio-mini out/parity [pages.jsonl]
"""
import json
import os
import struct
import sys

import numpy as np
import torch
from PIL import Image, ImageDraw
from transformers import AutoTokenizer, Glm4vForConditionalGeneration
from transformers.models.glm46v.image_processing_glm46v import Glm46VImageProcessor

from mini import export, network, transcript
from mini.packing import Encoder
from mini.sizes import Sizes
from mini.tokenizer import Tokenizer

STEPS = 24
LINES = [transcript.Line(*line) for line in (
    (.3, .7, .05, 'SUNRISE CAFE'), (.25, .75, .09, 'No. 12, Jalan Indah 3/4'), (.02, .4, .2, 'Date: 2024-03-15'),
    (.02, .3, .4, '拿铁 Latte'), (.85, .98, .4, '12.40'), (.02, .2, .8, 'TOTAL'), (.85, .98, .8, '12.40'), (.02, .5, .95, '谢谢惠顾 ☺ 鑫龘'))]
QUESTIONS = {
    'page': ('请按下列JSON格式输出图中信息：\n{"company": "", "date": "", "total": ""}', 'page.png', True),
    'wide': ('What is the total?', 'wide.png', True),
    'words': ('Extract date, phone. Use null if absent. Answer in JSON.', None, True),
    'bare': ('这张图的标题是什么？', 'page.png', False)}
TEXTS = ['', ' ', '合计：￥12.40', 'TOTAL RM9.00', 'Hello, WORLD!\n\n第二行',
         '龘鑫😀 émigré naïve', '２０２４年０３月', '"key": "value"', "it's 100% a-b_c/d", '<|user|>', '\t\u3000x']


def draw(folder):
    """Pictures of the fixture: made here, so that they belong to the project."""
    for name, size in (('page.png', (300, 420)), ('wide.png', (640, 200))):
        image = Image.new('RGB', size, (244, 240, 228))
        pen = ImageDraw.Draw(image)
        for line in LINES:
            pen.text((line.left * size[0], line.middle * size[1]), line.text.encode('ascii', 'ignore').decode(), fill=(20, 20, 40))
        pen.ellipse((size[0] * .6, size[1] * .6, size[0] * .8, size[1] * .8), outline=(200, 30, 30), width=4)
        image.save(os.path.join(folder, name))


class Reference:
    def __init__(self, folder):
        self.folder = folder
        self.tokenizer = AutoTokenizer.from_pretrained(folder)
        self.images = Glm46VImageProcessor.from_pretrained(folder)
        self.model = Glm4vForConditionalGeneration.from_pretrained(folder, dtype=torch.float32).eval()
        with open(os.path.join(folder, 'chat_template.jinja'), encoding='utf8') as file:
            self.tokenizer.chat_template = file.read()

    def inputs(self, question, picture, grounded):
        prompt = (transcript.write(LINES) if grounded else '') + question
        content = ([{'type': 'image'}] if picture else []) + [{'type': 'text', 'text': prompt}]
        rendered = self.tokenizer.apply_chat_template([{'role': 'user', 'content': content}], tokenize=False, add_generation_prompt=True)
        seen = self.images(images=[picture], return_tensors='pt') if picture else None
        expanded = rendered
        if seen is not None:
            expanded = rendered.replace('<|image|>', '<|image|>' * int(seen['image_grid_thw'].prod() // 4))
        return prompt, rendered, self.tokenizer(expanded, add_special_tokens=False)['input_ids'], seen

    @torch.no_grad()
    def run(self, ids, seen):
        tokens = torch.tensor([ids])
        kinds = (tokens == self.model.config.image_token_id).long()
        extra = dict(pixel_values=seen['pixel_values'], image_grid_thw=seen['image_grid_thw']) if seen is not None else {}
        positions, delta = self.model.model.get_rope_index(tokens, mm_token_type_ids=kinds, image_grid_thw=extra.get('image_grid_thw'))
        first = self.model(input_ids=tokens, position_ids=positions, mm_token_type_ids=kinds, **extra, use_cache=True)
        logits, cache, at = first.logits[0, -1], first.past_key_values, int(positions.max()) + 1
        out, margins, start = [], [], logits
        for step in range(STEPS):
            top = logits.topk(2)
            out.append(int(top.indices[0]))
            margins.append(float(top.values[0] - top.values[1]))
            if out[-1] == self.tokenizer.convert_tokens_to_ids('<|endoftext|>') or step == STEPS - 1:
                break
            place = torch.full((3, 1, 1), at + step)
            more = self.model(input_ids=torch.tensor([[out[-1]]]), position_ids=place, past_key_values=cache, use_cache=True)
            logits, cache = more.logits[0, -1], more.past_key_values
        features = None
        if seen is not None:
            found = self.model.model.get_image_features(seen['pixel_values'], seen['image_grid_thw'])
            found = getattr(found, 'pooler_output', found)
            features = torch.cat(tuple(found)) if isinstance(found, (tuple, list)) else found
        return positions, int(delta), start, features, out, margins


@torch.no_grad()
def ours(folder, ids, positions, seen):
    """Last logits of training's own network, in float32 and with the exported weights."""
    from mini import picture
    model = network.Glm(Sizes())
    export.load(model, os.path.join(folder, 'model.safetensors'))
    x = model.language_model.embed(torch.tensor([ids]))
    if seen is not None:
        grid = tuple(map(int, seen['image_grid_thw'][0, 1:]))
        n = grid[0] * grid[1]
        pixels = torch.zeros(1, picture.MAX_PATCHES, 588)
        pixels[0, :n] = seen['pixel_values'].view(n, 3, 2, 196)[:, :, 0].reshape(n, 588)
        places, taps, weights = (torch.from_numpy(g)[None] for g in picture.geometry(*grid))
        features = model.visual(pixels, places, taps, weights, (torch.arange(picture.MAX_PATCHES) < n)[None])[0, :n // 4]
        x[0, torch.tensor(ids) == Tokenizer(os.path.join(folder, 'tokenizer.json')).image] = features
    length = len(ids)
    caches = [(torch.zeros(1, 2, length, 64), torch.zeros(1, 2, length, 64), 0) for _ in model.language_model.layers]
    mask = torch.ones(length, length).tril().bool()[None, None]
    return model.logits(model.language_model(x, positions, mask, caches)[0, -1])


def save(path, arrays):
    header, at = {}, 0
    for name, value in arrays.items():
        header[name] = dict(dtype={'float32': 'F32', 'int64': 'I64'}[str(value.dtype)], shape=list(value.shape), data_offsets=[at, at + value.nbytes])
        at += value.nbytes
    head = json.dumps(header).encode()
    head += b' ' * (-len(head) % 8)
    with open(path, 'wb') as file:
        file.write(struct.pack('<Q', len(head)) + head)
        for value in arrays.values():
            file.write(np.ascontiguousarray(value).tobytes())


def main(folder, out):
    os.makedirs(out, exist_ok=True)
    draw(out)
    reference, own = Reference(folder), Encoder(Tokenizer(os.path.join(folder, 'tokenizer.json')))
    cases, arrays = [], {}
    for name, (question, file, grounded) in QUESTIONS.items():
        picture = Image.open(os.path.join(out, file)) if file else None
        prompt, rendered, ids, seen = reference.inputs(question, picture, grounded)
        grid = tuple(map(int, seen['image_grid_thw'][0, 1:])) if seen is not None else None
        mine, rows, at = own.prefix(LINES if grounded else None, grid)
        mine = mine + own.question(question)
        positions, delta, logits, features, greedy, margins = reference.run(ids, seen)
        assert mine == ids, f'{name}: training encodes the prompt differently'
        difference = float((ours(folder, ids, positions, seen) - logits).norm() / logits.norm())
        print(f'{name}: {len(ids)} ids, relative difference of training\'s network {difference:.2e}, answer {reference.tokenizer.decode(greedy)!r}')
        assert difference < 1e-3
        cases.append(dict(name=name, images=[file] if file else [], prompt=prompt, rendered=rendered, input_ids=ids, rope_delta=delta, greedy=greedy,
                          margins=margins, grid_thw=seen['image_grid_thw'].tolist() if seen is not None else [], patch_stride=[],
                          text=reference.tokenizer.decode(greedy, skip_special_tokens=False)))
        arrays[f'{name}.position_ids'], arrays[f'{name}.last_logits'] = positions.numpy(), logits.numpy()
        if seen is not None:
            pixels = seen['pixel_values'].numpy().astype(np.float32)
            arrays[f'{name}.pixel_values'], arrays[f'{name}.image_features'] = pixels, features.numpy()
            arrays[f'{name}.pixel_rows'] = pixels[np.arange(16) * (len(pixels) // 16)]
    tokenizer = [dict(text=t, ids=reference.tokenizer(t, add_special_tokens=False)['input_ids']) for t in TEXTS]
    for entry in tokenizer:
        if '<|' not in entry['text']:
            assert own.tokenizer.encode(entry['text']) == entry['ids'], entry
    with open(os.path.join(out, 'expected.json'), 'w', encoding='utf8') as file:
        json.dump(dict(kind='glm4v', special={}, cases=cases, tokenizer=tokenizer,
                       transcript=[dict(left=x.left, right=x.right, middle=x.middle, text=x.text) for x in LINES]), file, ensure_ascii=False)
    save(os.path.join(out, 'expected.safetensors'), arrays)


if __name__ == '__main__':
    main(*sys.argv[1:3])
