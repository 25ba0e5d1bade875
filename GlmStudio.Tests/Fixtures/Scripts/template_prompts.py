"""TEMPLATES: the training's own prompts of templates ([{instruction, fields: [{key, label, type, …}, …]}, …] as JSON), for the test that compares
them with the product's."""
import json
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', '..', 'training'))
from mini.asking.template_form import TemplateField, render  # noqa: E402

with open(sys.argv[1], encoding='utf8') as file:
    templates = json.load(file)
print(json.dumps([render(template['instruction'], [TemplateField(**field) for field in template['fields']]) for template in templates]))
