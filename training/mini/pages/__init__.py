"""Synthetic pages by family. A family is a module with `compose() -> Sheet`; it is imported when the first page of it is made."""
from importlib import import_module

from ..chance import weighted
from .known_fields import FIELDS

FAMILIES = {
    'receipt_english': 18, 'receipt_chinese': 9, 'invoice_chinese': 7, 'invoice_english': 5, 'utility_bill': 4, 'bank_slip': 3, 'parking': 1, 'hotel': 2,
    'menu': 5, 'food_order': 4, 'shop_order': 4, 'product': 4, 'package_label': 3, 'nameplate': 4, 'lab': 5, 'prescription': 2, 'contract': 4, 'licence': 2,
    'form': 16, 'table': 5, 'order_table': 4, 'chat': 4, 'waybill': 3, 'ticket': 3, 'card': 3, 'delivery_note': 3}
_composers = {}


def compose(family=None):
    """A sheet of a family, or of one drawn by weight."""
    family = family or weighted(list(FAMILIES.items()))
    if family not in _composers:
        _composers[family] = import_module(f'{__name__}.{family}').compose
    sheet = _composers[family]()
    sheet.family = family
    _keep_names_apart(sheet)
    _name_concepts(sheet)
    return sheet


def _keep_names_apart(sheet):
    """A printed label that stands beside two fields names neither of them: it is taken out of sheet.labels. A field that has no other name goes altogether."""
    owners = {}
    for key, label in sheet.labels.items():
        owners.setdefault(label.lower(), []).append(key)
    for keys in owners.values():
        if len(keys) > 1:
            for key in keys:
                del sheet.labels[key]
                if key.startswith('label:'):
                    sheet.fields.pop(key, None)


def _concepts_by_label():
    """Printed labels in lower case that mean one concept only."""
    found = {}
    for key, (labels, _) in FIELDS.items():
        for label in labels[0] + labels[1]:
            found.setdefault(label.lower(), set()).add(key)
    return {label: keys.pop() for label, keys in found.items() if len(keys) == 1}


_CONCEPTS = _concepts_by_label()


def _name_concepts(sheet):
    """A label drawn at random may be that of a concept: then it is that concept, so that nobody asks for it as for something absent."""
    for key in [key for key in sheet.fields if key.startswith('label:')]:
        concept = _CONCEPTS.get(key[6:].lower())
        if concept and concept not in sheet.fields:
            sheet.fields[concept] = sheet.fields.pop(key)
            if key in sheet.labels:
                sheet.labels[concept] = sheet.labels.pop(key)
