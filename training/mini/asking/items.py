"""Questions about the lines of a bill or menu."""
import json

from ..chance import chance, choice, sample
from .amounts import number
from .lists import full_parts, part_name
from .phrases import dressed, pick


def ask_items(sheet, is_chinese):
    """(instruction, answer, kind), or None where the drawn question has no certain answer."""
    if not sheet.items or not all(item.get('name') for item in sheet.items):
        return None
    makers = [_pairs] * 5 + [_names] * 2 + [_objects] * 3 + [_count] + [_one_part] * 5 + [_extreme] * 3 + [_between]
    found = choice(makers)(sheet.items, is_chinese)
    return found and (dressed(found[0], is_chinese), *found[1:])


def _number_part(items):
    parts = [part for part in full_parts(items) if part != 'name']
    return choice(parts) if parts else None


def _pairs(items, is_chinese):
    """Lines of name and one number, in the form the question shows."""
    part = _number_part(items)
    if not part:
        return None
    name, other = part_name('name', is_chinese), part_name(part, is_chinese)
    joiner = choice((': ', ': ', ': ', '：', ' - ', ' ', ',', '=', '\t', ' | '))
    form = name + joiner + other
    shown = form.replace('\t', '<TAB>') if joiner == '\t' else form
    question = pick(is_chinese, (f'请列出所有商品，格式：{shown}，每行一个', f'逐行输出每一项的名称和{other}，写成“{shown}”', f'列出图中所有项目及其{other}，格式为 {shown}', f'输出明细，每行：{shown}',
                                 f'把每道菜/每个商品和{other}列出来，按“{shown}”的形式', f'{shown}\n按上面的形式列出全部', f'所有{name}与{other}（{shown}）', f'清单，每行“{shown}”，从上到下'),
                    (f"List every item as '{shown}', one per line.", f'List all items with their {other}, one per line, in the form {shown}',
                     f'For each line item write {shown}',
                     f'Output the lines as {shown}', f'All items, each on its own line: {shown}', f'Give me name and {other} of everything listed ({shown})',
                     f'Itemised list please, "{shown}"',
                     f'Write one line per item like this:\n{shown}'))
    return question, '\n'.join(item['name'] + joiner + item[part] for item in items), 'items'


def _names(items, is_chinese):
    name = part_name('name', is_chinese)
    question = pick(is_chinese, ('列出所有商品名称，每行一个', '有哪些商品？每行一个', f'只列出{name}，一行一个', '都买了什么？逐行列出', f'所有{name}，每行一项', '清单上有什么？一行写一个'),
                    ('List all item names, one per line.', 'Which items are listed? One per line.', f'Every {name}, one on each line',
                     'What was bought? One item per line', 'Names of all items, line by line',
                     'What is on the list? One per line.'))
    return question, '\n'.join(item['name'] for item in items), 'items'


def _objects(items, is_chinese):
    """A JSON array, an object a line."""
    parts = ['name'] + [part for part in full_parts(items) if part != 'name' and chance(.65)]
    keys = [part_name(part, is_chinese) for part in parts]
    if len(set(keys)) < len(keys):
        return None
    listed = (choice(('、', '，', ', ')) if is_chinese else ', ').join(keys)
    skeleton = '[{' + ', '.join(f'{json.dumps(key, ensure_ascii=False)}: ""' for key in keys) + '}]'
    question = pick(is_chinese, (f'以JSON数组输出明细，每项包含：{listed}', f'提取明细表，返回JSON数组，字段：{listed}', f'把商品整理成JSON数组，键为{listed}', f'按此格式输出全部商品：{skeleton}',
                                 f'明细→{skeleton}'),
                    (f'Return the line items as a JSON array with keys: {listed}', f'Extract the items as JSON list, keys {listed}',
                     f'All items as a JSON array of objects ({listed})',
                     f'Output every item in this form: {skeleton}', f'Line items as {skeleton}'))
    return question, json.dumps([{key: item[part] for key, part in zip(keys, parts)} for item in items], ensure_ascii=False), 'items'


def _count(items, is_chinese):
    if len(items) > 12:
        return None
    question = pick(is_chinese, ('一共有几种商品？', '共有多少项？只写数字', '清单有几行？', '列了几样东西？'),
                    ('How many line items are there?', 'Number of distinct items?', 'Count the items', 'How many lines does the list have?'))
    return question, str(len(items)), 'count'


def _one_part(items, is_chinese):
    """The price, quantity … of one item, or the item of a price."""
    part = _number_part(items)
    if not part:
        return None
    item = choice(items)
    if sum(other['name'] == item['name'] for other in items) > 1:
        return None
    name, value, asked = item['name'], item[part], part_name(part, is_chinese)
    if chance(.2):
        if sum(other[part] == value for other in items) > 1:
            return None
        question = pick(is_chinese, (f'哪一项的{asked}是{value}？', f'{asked}为{value}的是什么？', f'{value}是哪个商品的{asked}？'),
                        (f'Which item has the {asked} {value}?', f'What costs {value}?' if part in ('price', 'amount') else f'Which item has {asked} {value}?',
                         f'Item with {asked} {value}?'))
        return question, name, 'itemcell'
    question = pick(is_chinese, (f'{name}的{asked}是多少？', f'“{name}”的{asked}？', f'{name} {asked}',
                                 f'{name}多少钱？' if part in ('price', 'amount') else f'{name}的{asked}', f'查一下{name}的{asked}', f'{asked}（{name}）'),
                    (f'What is the {asked} of {name}?', f'{asked} of "{name}"?', f'How much is the {asked} for {name}?', f'{name}: {asked}?',
                     f'How much does {name} cost?' if part == 'price' else f'{asked} for {name}',
                     f'Find the {asked} for the line {name}'))
    if part in ('price', 'amount') and 'price' in item and 'amount' in item and item['price'] != item['amount'] and ('多少钱' in question or 'cost' in question):
        return None
    return question, value, 'itemcell'


def numbers(items, part):
    """The parts as numbers, or None if one is not a number as read."""
    found = [number(item[part]) for item in items]
    return None if None in found else found


def _extreme(items, is_chinese):
    """The dearest, the cheapest, the most. Long lists are rarely asked for: what nobody can tell at a glance is not learnt either."""
    part = _number_part(items)
    found = part and numbers(items, part)
    if not found or len(items) < 2 or len(items) > 6 and chance(.65):
        return None
    most = chance(.5)
    best = max(found) if most else min(found)
    if found.count(best) > 1:
        return None
    item, asked = items[found.index(best)], part_name(part, is_chinese)
    if part == 'price' and chance(.5):
        question = _dearest(most, is_chinese)
    else:
        question = pick(is_chinese, (f"哪一项的{asked}最{'高' if most else '低'}？", f"{asked}最{'大' if most else '小'}的是什么？", f"{asked}最{'多' if most else '少'}的是哪个？"),
                        (f"Which item has the {'highest' if most else 'lowest'} {asked}?", f"Item with the {'largest' if most else 'smallest'} {asked}?"))
    if chance(.25):
        question += pick(is_chinese, (f'写出名称和{asked}，用冒号隔开。',), (f' Give name: {asked}.',))
        return question, f"{item['name']}: {item[part]}", 'argmax'
    if chance(.15):
        return pick(is_chinese, (f"最{'高' if most else '低'}的{asked}是多少？",), (f"What is the {'highest' if most else 'lowest'} {asked}?",)), item[part], 'argmax'
    return question, item['name'], 'argmax'


def _dearest(most, is_chinese):
    if most:
        return pick(is_chinese, ('最贵的是哪一项？', '最贵的商品是什么？', '哪个最贵？'),
                    ('Which item is the most expensive?', 'What is the dearest item?', 'Most expensive one?'))
    return pick(is_chinese, ('最便宜的是哪一项？', '最便宜的商品是什么？', '哪个最便宜？'),
                ('Which item is the cheapest?', 'What is the cheapest item?', 'Cheapest one?'))


def _between(items, is_chinese):
    """The dearer of two: the step towards the dearest of all."""
    part = _number_part(items)
    if not part or len(items) < 2:
        return None
    first, second = sample(items, 2)
    found = numbers((first, second), part)
    if not found or found[0] == found[1] or first['name'] == second['name']:
        return None
    more, asked = chance(.5), part_name(part, is_chinese)
    right = first if (found[0] > found[1]) == more else second
    one, other = first['name'], second['name']
    question = pick(is_chinese, (f"{one}和{other}，哪个{asked}更{'高' if more else '低'}？", f"“{one}”与“{other}”相比，{asked}{'大' if more else '小'}的是？"),
                    (f"Which has the {'higher' if more else 'lower'} {asked}, {one} or {other}?",
                     f"{one} or {other}: whose {asked} is {'larger' if more else 'smaller'}?"))
    return question, right['name'], 'argmax'
