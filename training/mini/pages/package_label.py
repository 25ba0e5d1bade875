"""Backs of packages: food, drugs, cosmetics, cartons."""
from ..chance import chance, choice, digits, randint, shuffle, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import company
from .known_fields import known, value_of
from .parts_common import either, extras, footer, long_value
from .parts_forms import pairs, table

_KINDS = {
    'food': 'netweight batch mfg shelflife expiry exe storage origin maker address phone licenceno barcode type website',
    'drug': 'batch mfg expiry capacity exe storage maker address phone certno size licenceno',
    'cosmetic': 'netweight batch expiry mfg maker address origin exe barcode licenceno website',
    'carton': 'model color quantity grossweight netweight size origin maker po sku serial mfg',
}
_LABELS = {
    True: {'licenceno': '食品生产许可证编号|生产许可证号|许可证编号|SC编号', 'certno': '批准文号|国药准字|注册证号', 'phone': '服务热线|客服电话|电话|联系电话', 'address': '地址|生产地址|厂址',
           'size': '规格|包装规格|外箱尺寸', 'type': '产品类型|食品类别|产品类别', 'quantity': '数量|装箱数|入数', 'capacity': '规格|装量|净含量'},
    False: {'licenceno': 'License No|FDA Reg. No.|Permit No.', 'certno': 'Reg. No.|NDC|Approval No.', 'phone': 'Customer Service|Consumer hotline|Tel',
            'address': 'Address|Mfd. at|Factory',
            'size': 'Pack Size|Carton Size|MEAS', 'type': 'Category|Product type', 'quantity': 'QTY|Quantity|PCS', 'capacity': 'Contents|Volume|Pack'}}
_NUTRIENTS = {True: '能量|蛋白质|脂肪|碳水化合物|钠|糖|膳食纤维|钙', False: 'Energy|Protein|Total Fat|Carbohydrate|Sodium|Sugars|Dietary Fibre|Calcium'}


def compose():
    sheet = Sheet(chance(.65), 'package_label')
    is_chinese = sheet.is_chinese
    kind = choice(('food', 'food', 'food', 'drug', 'drug', 'cosmetic', 'carton'))
    if chance(.6):
        _name(sheet, kind)
    if chance(.2):
        sheet.title('brand', value_of('brand', is_chinese), choice((1.3, 2)), .02, 'l')
    shown = {'certno': choice(('国药准字', '')) + choice('HZS') + digits(8)} if kind == 'drug' and is_chinese else {}
    if kind == 'food' and is_chinese:
        shown['licenceno'] = 'SC' + digits(14)
    triples = known(is_chinese, _KINDS[kind], uniform(.45, .85), values=shown, labels=_LABELS[is_chinese])
    if 'product' not in sheet.fields:
        triples[:0] = known(is_chinese, 'product', .85)
    blocks = [lambda: pairs(sheet, triples, choice((None, 'one', 'one', 'two', 'mixed', 'grid')))]
    if kind != 'carton':
        blocks.append(lambda: _ingredients(sheet))
    if kind == 'food' and chance(.35):
        blocks.append(lambda: _nutrition(sheet))
    if chance(.5):
        shuffle(blocks)
    for block in blocks:
        block()
    if chance(.3):
        pairs(sheet, extras(sheet, 2), 'one')
    if 'maker' not in sheet.fields and chance(.5):
        sheet.title('maker', company(is_chinese, 'u'), 1, *choice(((.02, 'l'), (.5, 'c'))))
    footer(sheet, '请置于儿童不能触及处|请仔细阅读说明书|开封后请尽快食用|过敏原信息：含有乳制品|图案仅供参考|OTC|外用|常温保存',
                         'Keep out of reach of children|Shake well before use|Contains milk and soy|Do not freeze|Recycle|FRAGILE|For external use only')
    return sheet


def _name(sheet, kind):
    if sheet.is_chinese:
        ending = {'food': ('饼干', '牛奶', '薯片', '酱', '茶', '面', '糖'), 'drug': ('片', '胶囊', '颗粒', '口服液', '软膏'), 'cosmetic': ('洗发露', '面霜', '精华液', '牙膏'),
                  'carton': ('灯', '椅', '配件', '')}
        text = chinese(2, 5) + choice(ending[kind])
    else:
        ending = {'food': ('Biscuits', 'Milk', 'Chips', 'Sauce', 'Noodles'), 'drug': ('Tablets 500mg', 'Capsules', 'Syrup', 'Ointment'),
                  'cosmetic': ('Shampoo', 'Cream', 'Serum'), 'carton': ('', 'Lamp', 'Parts')}
        text = cased(f'{words(1, 2)} {choice(ending[kind])}'.strip(), choice('ut'))
    sheet.title('product', text, choice((1.4, 1.8, 2.2)))


def _ingredients(sheet):
    if chance(.3):
        return
    is_chinese = sheet.is_chinese
    label = either(is_chinese, '配料|配料表|成分|主要成分|原料', 'Ingredients|INGREDIENTS|Contains|Active ingredients')
    long_value(sheet, 'ingredients', label, value_of('ingredients', is_chinese), randint(14, 26) if is_chinese else randint(24, 46))


def _nutrition(sheet):
    is_chinese = sheet.is_chinese
    columns = [either(is_chinese, '项目|营养成分', 'Nutrition|Nutrient'), either(is_chinese, '每100克|每100g|每份', 'Per 100g|Per serving')]
    with_share = chance(.7)
    if with_share:
        columns.append(either(is_chinese, 'NRV%|营养素参考值%', 'NRV%|% Daily Value'))
    rows = []
    for name in _NUTRIENTS[is_chinese].split('|')[:randint(3, 8)]:
        row = [name, f'{uniform(0, 90):.1f}{choice(("g", "mg", "克"))}' if rows else f'{randint(100, 2400)}kJ']
        rows.append(row + [f'{randint(0, 60)}%'] if with_share else row)
    if chance(.5):
        sheet.row((either(is_chinese, '营养成分表', 'Nutrition Facts|Nutrition Information'), .02, 'l', 1.2))
    table(sheet, columns, rows, ['name', 's', 's'][:len(columns)])
