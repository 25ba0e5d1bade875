"""Lists of a page a template can ask for: the lines of a bill or menu, rows and columns of a table, abnormal results, participants of a chat.
A description says what an entry holds and how it is written, and the answer keeps to it."""
from typing import NamedTuple

from ..chance import chance, choice, sample, shuffle
from ..lexicon import chinese, words
from ..values import money, price

# What the columns of an item are called: (Chinese, English).
PART_NAMES = {
    'name': (('名称', '品名', '商品名称', '商品', '项目', '菜名'), ('name', 'item', 'description', 'product', 'item name', 'dish')),
    'price': (('价格', '单价', '售价'), ('price', 'unit price', 'rate')),
    'qty': (('数量', '件数', '份数'), ('quantity', 'qty', 'count')),
    'amount': (('金额', '小计', '合计金额'), ('amount', 'line total', 'total price')),
    'tax': (('税额',), ('tax',)),
}
_MOST_CHARACTERS = 420


class ListField(NamedTuple):
    """`values` are the entries; the other texts go into the template."""
    key: str
    label: str
    description: str
    example: str
    values: list


def part_name(part, is_chinese):
    """What to call a column of an item; unknown ones by their own name."""
    return choice(PART_NAMES[part][not is_chinese]) if part in PART_NAMES else part


def full_parts(items):
    """The parts that every item has, 'name' first."""
    return [part for part in items[0] if all(item.get(part) for item in items)]


def plain_rows(table):
    """Whether rows can be told apart by column name."""
    return len(set(table.columns)) == len(table.columns) and all(table.columns) and len(table.rows) > 0


def list_field(sheet, is_chinese):
    """A list to ask for, or None."""
    makers = []
    if sheet.items and 'name' in sheet.items[0]:
        makers += [_item_names, _item_pairs, _item_pairs, _item_rows]
    if any(plain_rows(table) for table in sheet.tables):
        makers += [_table_rows, _table_column, _table_pairs]
    if any(table.flags for table in sheet.tables):
        makers += [_abnormal, _abnormal]
    if sheet.messages:
        makers += [_participants, _messages]
    if not makers:
        return None
    found = choice(makers)(sheet, is_chinese)
    return found if found and sum(map(len, found.values)) <= _MOST_CHARACTERS and all(found.values) else None


def _both(chinese_text, english_text, is_chinese):
    """A description in one language, sometimes with the other in brackets as the product's library has it."""
    if is_chinese:
        return chinese_text + (f'（{english_text}）' if chance(.25) else '')
    return english_text + (f' ({chinese_text})' if chance(.06) else '')


def _example_name(is_chinese):
    return chinese(2, 6) if is_chinese else words(1, 3)


def _item_names(sheet, is_chinese):
    label = choice(('商品', '菜品', '商品名称', '货物或服务名称', '明细', '项目', '品名', '购买的商品', '商品清单') if is_chinese else
                   ('Items', 'Item names', 'Products', 'Goods', 'Line items', 'Purchased items', 'Dishes', 'Item list'))
    description = _both(choice(('明细行的名称，每行一项，不含规格和金额', '每项只写名称', '只列名称，不要价格', '每行商品的名称', '商品名称，一项一个')),
                        choice(('Line items', 'Names only, without prices', 'Name of every line item', 'One entry per item, name only')), is_chinese)
    return ListField(choice(('items', 'products', 'item_names', 'goods', 'dishes')), label, description, _example_name(is_chinese),
                     [item.get('name', '') for item in sheet.items])


_JOINERS = ((' ', '空格', 'a space'), (': ', '冒号', 'a colon'), (' - ', '短横线', 'a dash'), ('：', '全角冒号', 'a full-width colon'), (' | ', '竖线', 'a bar'),
            (', ', '逗号', 'a comma'))


def _item_pairs(sheet, is_chinese):
    """Name and one number: 'dish, a space, price'."""
    others = [part for part in full_parts(sheet.items) if part != 'name']
    if not others:
        return None
    part = choice(others)
    joiner, joiner_chinese, joiner_english = choice(_JOINERS[:1] * 5 + _JOINERS[1:2] * 3 + _JOINERS[2:])
    if part == 'qty' and chance(.6):
        joiner, joiner_chinese, joiner_english = ' × ', '乘号', 'a times sign'
    name, number = part_name('name', is_chinese), part_name(part, is_chinese)
    if is_chinese:
        description = choice((f'每项：{name}，{joiner_chinese}，{number}', f'每项写成“{name}{joiner}{number}”', f'{name}和{number}，用{joiner_chinese}隔开',
                              f'格式：{name}{joiner}{number}'))
        if chance(.2):
            description = f'每项一种商品：{name}、{number}'
            joiner = ' '
    else:
        description = choice((f'{name}, {joiner_english}, {number}', f'Each entry as "{name}{joiner}{number}"',
                              f'{name} and {number} separated by {joiner_english}',
                              f'Format: {name}{joiner}{number}'))
    label = choice(('商品', '菜品', '明细', '菜品和价格', '商品明细', '消费明细') if is_chinese else ('Items', 'Dishes', 'Line items', 'Items with ' + number, 'Details'))
    example = _example_name(is_chinese) + joiner + ('2' if part == 'qty' else money(price(), False))
    return ListField(choice(('items', 'dishes', 'lines', 'details', 'item_list')), label, description, example,
                     [item['name'] + joiner + item[part] for item in sheet.items])


def _item_rows(sheet, is_chinese):
    """All the parts of every line."""
    parts = full_parts(sheet.items)
    if parts[:1] != ['name'] or len(parts) < 3:
        return None
    parts = ['name'] + sample(parts[1:], 2)
    named = [part_name(part, is_chinese) for part in parts]
    description = f"每项一行：{'、'.join(named)}，用空格分开" if is_chinese else f"{', '.join(named)}, separated by spaces"
    label = choice(('明细', '商品明细', '清单') if is_chinese else ('Lines', 'Line items', 'Rows'))
    return ListField(choice(('items', 'lines', 'rows')), label, description, '', [' '.join(item[part] for part in parts) for item in sheet.items])


def _table_of(sheet):
    return choice([table for table in sheet.tables if plain_rows(table)] or [None])


def _table_rows(sheet, is_chinese):
    """Rows with a choice of columns, in the order of the table, as the library asks for laboratory results."""
    table = _table_of(sheet)
    if not table:
        return None
    places = list(range(len(table.columns)))
    if len(places) > 3 and chance(.5):
        places = sorted(sample(places, 3))
    named = [table.columns[place] for place in places]
    if is_chinese:
        description = choice(('每项一行：{}，用空格分开', '每行：{}，以空格隔开', '逐行列出{}，空格分隔')).format('、'.join(named))
    else:
        description = choice(('{}', 'One row an entry: {}, separated by spaces', 'Each row: {}')).format(', '.join(named))
    label = choice(('检验结果', '明细', '表格内容', '各行', '结果') if is_chinese else ('Results', 'Rows', 'Table rows', 'Entries'))
    return ListField(choice(('results', 'rows', 'entries', 'table')), label, description, '',
                     [' '.join(row[place] for place in places if row[place]) for row in table.rows])


def _table_column(sheet, is_chinese):
    table = _table_of(sheet)
    if not table:
        return None
    place = choice(range(len(table.columns)))
    column = table.columns[place]
    description = choice((f'“{column}”一列的全部内容', f'表中{column}，每行一项', '') if is_chinese else (f'All values of the column "{column}"', f'{column} of every row',
                                                                                            ''))
    label = column if not description or chance(.5) else choice(('内容', '列') if is_chinese else ('Values', 'Column'))
    return ListField(choice(('values', 'column', 'list')), label, description, '', [row[place] for row in table.rows])


def _table_pairs(sheet, is_chinese):
    table = _table_of(sheet)
    if not table or len(table.columns) < 2:
        return None
    place = choice(range(1, len(table.columns)))
    joiner, joiner_chinese, joiner_english = choice(_JOINERS)
    first, second = table.columns[0], table.columns[place]
    description = f'{first}和{second}，用{joiner_chinese}隔开' if is_chinese else f'{first} and {second}, separated by {joiner_english}'
    return ListField(choice(('pairs', 'rows', 'list')), choice(('列表', '明细') if is_chinese else ('List', 'Rows')), description, '',
                     [row[0] + joiner + row[place] for row in table.rows if row[place]])


def abnormal_rows(table):
    """Rows of a laboratory table that are marked high or low; None if a mark was misread and nobody can tell."""
    column, marks = table.flags
    if any(row[column] not in marks for row in table.rows):
        return None
    return [row for row in table.rows if row[column] and row[column] in marks[:2]]


def _abnormal(sheet, is_chinese):
    table = next(table for table in sheet.tables if table.flags)
    rows = abnormal_rows(table)
    if rows is None:
        return None
    with_mark = chance(.5)
    if with_mark:
        description = _both('带有 ↑、↓、H、L 或阳性标记的项目名称', 'Flagged tests', is_chinese)
        example = '血红蛋白 ↓' if is_chinese else 'Haemoglobin L'
    else:
        description = choice(('只写异常项目的名称', '超出参考范围的项目，只写名称') if is_chinese else ('Names of the abnormal tests only', 'Tests out of range, name only'))
        example = '血红蛋白' if is_chinese else 'Haemoglobin'
    label = choice(('异常项目', '异常指标', '异常结果') if is_chinese else ('Abnormal', 'Abnormal tests', 'Flagged results'))
    values = [row[0] + ' ' + row[table.flags[0]] if with_mark else row[0] for row in rows]
    return ListField(choice(('abnormal', 'flagged', 'out_of_range')), label, description, example, values)


def _participants(sheet, is_chinese):
    label, description = choice((('参与人', '发过言的人，每人一项'), ('成员', '聊天中出现的人'), ('发言人', '')) if is_chinese else
                                (('Participants', 'Who wrote messages'), ('Speakers', 'One entry per person'), ('People', '')))
    return ListField(choice(('participants', 'speakers', 'members')), label, description, '', list(dict.fromkeys(who for who, _ in sheet.messages)))


def _messages(sheet, is_chinese):
    """Every message, with or without who wrote it."""
    if chance(.5):
        description = '每条写成“发言人: 内容”' if is_chinese else 'Each as "speaker: text"'
        values = [f'{who}: {text}' for who, text in sheet.messages]
    else:
        description = '只写内容，按顺序' if is_chinese else 'Text only, in order'
        values = [text for _, text in sheet.messages]
    return ListField(choice(('messages', 'chat', 'lines')), choice(('消息', '聊天内容') if is_chinese else ('Messages', 'Chat')), description, '', values)


def other_choices(value, count, is_chinese):
    """Made-up alternatives to a choice's value, and the value, in any order."""
    found = [value] + [_example_name(is_chinese) for _ in range(count)]
    found = list(dict.fromkeys(found))
    shuffle(found)
    return tuple(found)
