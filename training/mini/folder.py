"""A checkpoint folder in Hugging Face's layout, all but the weights (export.py) and the tokenizer (make_tokenizer.py)."""
import json
import os

from .picture import DEVIATION, MAX_TILES, MEAN
from .sizes import Sizes
from .tokenizer import Tokenizer

CHAT_TEMPLATE = """[gMASK]<sop>
{%- for m in messages %}
{{- '<|' + m.role + '|>\\n' }}
{%- if m.content is string %}
{{- m.content }}
{%- else %}
{%- for part in m.content %}
{%- if part.type == 'image' or 'image' in part %}
{{- '<|begin_of_image|><|image|><|end_of_image|>' }}
{%- elif part.type == 'text' %}
{{- part.text }}
{%- endif %}
{%- endfor %}
{%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
{{- '<|assistant|>\\n' }}
{%- endif %}
"""


def config(s, t):
    """config.json."""
    end = [t.end, t.added['<|user|>'], t.added['<|observation|>']]
    text = dict(model_type='glm4v_text', vocab_size=s.vocabulary, hidden_size=s.hidden, intermediate_size=s.intermediate, num_hidden_layers=s.layers,
                num_attention_heads=s.heads, num_key_value_heads=s.kv_heads, head_dim=s.head, hidden_act='silu', max_position_embeddings=8192,
                rms_norm_eps=s.epsilon, attention_bias=True, attention_dropout=0.0, initializer_range=0.02, use_cache=True, tie_word_embeddings=True,
                pad_token_id=t.end, eos_token_id=end,
                rope_parameters=dict(rope_type='default', rope_theta=s.theta, partial_rotary_factor=s.rotary / s.head, mrope_section=list(s.sections)))
    vision = dict(model_type='glm4v_vision', depth=s.vision_depth, hidden_size=s.vision_hidden, num_heads=s.vision_heads, intermediate_size=s.merger,
                  out_hidden_size=s.hidden, hidden_act='silu', attention_bias=False, attention_dropout=0.0, image_size=14 * s.position_grid, patch_size=14,
                  in_channels=3, temporal_patch_size=2, spatial_merge_size=2, rms_norm_eps=s.epsilon, initializer_range=0.02)
    ids = {name: t.added[token] for name, token in (
        ('image_token_id', '<|image|>'), ('video_token_id', '<|video|>'), ('image_start_token_id', '<|begin_of_image|>'),
        ('image_end_token_id', '<|end_of_image|>'), ('video_start_token_id', '<|begin_of_video|>'), ('video_end_token_id', '<|end_of_video|>'))}
    return dict(architectures=['Glm4vForConditionalGeneration'], model_type='glm4v', dtype='bfloat16', tie_word_embeddings=True,
                text_config=text, vision_config=vision, **ids)


def write_folder(folder):
    """Everything but the weights; tokenizer.json is already there."""
    t, s = Tokenizer(os.path.join(folder, 'tokenizer.json')), Sizes()
    end = [t.end, t.added['<|user|>'], t.added['<|observation|>']]
    files = {
        'config.json': config(s, t),
        'generation_config.json': dict(eos_token_id=end, pad_token_id=t.end, do_sample=False),
        'preprocessor_config.json': dict(
            image_processor_type='Glm46VImageProcessor', processor_class='Glm46VProcessor',
            size=dict(shortest_edge=12544, longest_edge=2 * 28 * 28 * MAX_TILES), do_rescale=True, do_resize=True, do_normalize=True, do_convert_rgb=True,
            rescale_factor=1 / 255, resample=3, patch_size=14, temporal_patch_size=2, merge_size=2, image_mean=list(MEAN), image_std=list(DEVIATION)),
        'tokenizer_config.json': dict(tokenizer_class='PreTrainedTokenizerFast', eos_token='<|endoftext|>', pad_token='<|endoftext|>', padding_side='left',
                                      clean_up_tokenization_spaces=False, model_max_length=8192)}
    for name, content in files.items():
        with open(os.path.join(folder, name), 'w', encoding='utf8') as file:
            json.dump(content, file, indent=2, ensure_ascii=False)
            file.write('\n')
    with open(os.path.join(folder, 'chat_template.jinja'), 'w', encoding='utf8') as file:
        file.write(CHAT_TEMPLATE)
