"""The templates that come with the product (GlmStudio.Web/Features/Templates/Library), as questions. They are read where they live, so that their
wording is always the shipped one; without the product beside it the package asks without them."""
import json
import os

from ..chance import chance
from .concepts import CONCEPTS
from .lists import abnormal_rows, full_parts
from .template_form import TemplateField

_FOLDER = os.path.join(os.path.dirname(__file__), *['..'] * 3, 'GlmStudio.Web', 'Features', 'Templates', 'Library')
# template: (families it is meant for, {field: concepts, the first that the page has}). Fields that are lists are in _LISTS.
_MAPPED = {
    'receipt': (('receipt_english', 'receipt_chinese', 'parking', 'hotel'),
                {'company': ('company',), 'date': ('date', 'datetime'), 'address': ('address',), 'total': ('total',)}),
    'invoice': (('invoice_chinese', 'invoice_english'), {
        'invoice_code': ('fpdm',), 'invoice_number': ('invno',), 'issue_date': ('date',), 'buyer_name': ('buyname',), 'buyer_tax_id': ('buytax',),
        'seller_name': ('sellname', 'company'), 'seller_tax_id': ('selltax', 'taxid'), 'amount': ('subtotal',), 'tax': ('tax',), 'total': ('total',),
                                                         'remark': ('remark',)}),
    'lab': (('lab',), {
        'hospital': ('hospital',), 'report_name': ('title',), 'patient_name': ('patient',), 'sex': ('sex',), 'age': ('age',), 'sample_number': ('sampleid',),
        'report_date': ('rdate',)}),
    'menu': (('menu',), {'restaurant': ('company', 'shopname', 'brand')}),
    'nameplate': (('nameplate',), {
        'manufacturer': ('maker',), 'product_name': ('product', 'title'), 'model': ('model',), 'serial_number': ('serial',), 'rated_power': ('power',),
        'rated_voltage': ('voltage',), 'rated_current': ('current',), 'frequency': ('freq',), 'speed': ('speed',), 'weight': ('weight',),
                                   'production_date': ('mfg',)}),
    'orders': (('shop_order', 'food_order'), {
        'order_number': ('orderno',), 'order_time': ('ordertime',), 'status': ('status',), 'shop': ('shopname', 'company'), 'recipient': ('rcv',),
                                              'phone': ('rphone',),
        'address': ('raddr',), 'freight': ('deliveryfee',), 'total': ('total', 'payable'), 'tracking_number': ('track',)}),
    'product': (('product', 'package_label'), {
        'brand': ('brand',), 'name': ('product',), 'specification': ('netweight', 'size'), 'price': ('price',), 'ingredients': ('ingredients',),
                                               'manufacturer': ('maker',),
        'production_date': ('mfg',), 'shelf_life': ('shelflife', 'expiry'), 'barcode': ('barcode',)}),
}


def _load():
    """{name: (instruction, fields)} of the templates that pages can answer."""
    found = {}
    for name in _MAPPED:
        path = os.path.join(_FOLDER, name + '.json')
        if os.path.exists(path):
            with open(path, encoding='utf8') as handle:
                template = json.load(handle)
            found[name] = template['instruction'], template['fields']
    return found


TEMPLATES = _load()
INSTRUCTIONS = [instruction for instruction, _ in TEMPLATES.values()]
_BY_FAMILY = {family: name for name, (families, _) in _MAPPED.items() if name in TEMPLATES for family in families}


def library_template(reading):
    """(instruction, fields with answers) of the library's template for the page's family, whole but for fields nobody can be sure about; or None."""
    name = _BY_FAMILY.get(reading.sheet.family)
    if not name:
        return None
    instruction, entries = TEMPLATES[name]
    fields = []
    for entry in entries:
        answered, value = _value(reading, name, entry)
        if answered:
            fields.append(TemplateField(entry['key'], entry['label'], entry['type'], entry.get('description', ''), entry.get('example', ''),
                                        entry.get('required', False),
                                        tuple(entry.get('choices', ())), value))
    if len(fields) > 2 and chance(.25):
        fields = [field for field in fields if chance(.7)]
    return (instruction, fields) if fields else None


def _value(reading, name, entry):
    """(whether the answer is certain, the answer)."""
    keys = _MAPPED[name][1].get(entry['key'])
    if keys is None:
        maker = _LISTS.get((name, entry['key']))
        return maker(reading.sheet) if maker else (False, None)
    if entry['key'] == 'seller_name' and 'buyname' in reading.fields and 'sellname' not in reading.fields and 'company' not in reading.fields:
        return False, None
    for key in keys:
        if key in reading.fields:
            value = reading.fields[key]
            return not entry.get('choices') or value in entry['choices'], value
    return all(key in CONCEPTS and reading.lacks(key) for key in keys), None


def _names(sheet):
    return _when_short([item.get('name', '') for item in sheet.items])


def _when_short(values):
    """The list as a certain answer, unless it is empty or too long to be one."""
    return (bool(values) and all(values) and sum(map(len, values)) <= 420), values


def _dishes(sheet):
    """'Dish price'; a dish without a price as its name."""
    if any('amount' in item and 'price' not in item for item in sheet.items):
        return False, None
    return _when_short([' '.join(filter(None, (item.get('name', ''), item.get('price', '')))) for item in sheet.items])


def _goods(sheet):
    """'Name × quantity'."""
    if not sheet.items or 'qty' not in full_parts(sheet.items):
        return _names(sheet)
    return _when_short([f"{item.get('name', '')} × {item['qty'].lstrip('xX×*')}" for item in sheet.items])


def _results(sheet):
    table = next((table for table in sheet.tables if table.flags), None)
    if not table:
        return False, None
    places = [place for place in range(len(table.columns)) if place != table.flags[0]]
    return _when_short([' '.join(row[place] for place in places if row[place]) for row in table.rows])


def _abnormal(sheet):
    table = next((table for table in sheet.tables if table.flags), None)
    rows = abnormal_rows(table) if table else None
    if rows is None:
        return False, None
    return True, [f'{row[0]} {row[table.flags[0]]}' for row in rows] or None


_LISTS = {('invoice', 'items'): _names, ('menu', 'items'): _dishes, ('orders', 'items'): _goods, ('lab', 'results'): _results, ('lab', 'abnormal'): _abnormal}
