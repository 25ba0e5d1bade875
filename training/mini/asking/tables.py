"""Questions about tables: cells, rows, columns and comparisons."""
import json

from ..chance import chance, choice, sample
from .amounts import number
from .lists import abnormal_rows, plain_rows
from .phrases import dressed, pick, yes_no


def ask_table(sheet, is_chinese):
    """(instruction, answer, kind), or None where the drawn question has no certain answer."""
    tables = [table for table in sheet.tables if plain_rows(table) and len(table.columns) > 1]
    if not tables:
        return None
    table = choice(tables)
    makers = [_cell] * 5 + [_inverse] * 3 + [_pairs] * 3 + [_column] * 2 + [_objects] * 2 + [_count]
    if table.flags:
        makers += [_abnormal] * 7
    if any(_compared(table)):
        makers += [_extreme] * 12 + [_between] * 6 + [_sorted] * 2
    maker = choice(makers)
    for _ in range(3):
        found = maker(table, is_chinese)
        if found:
            return dressed(found[0], is_chinese), *found[1:]
    return None


# -- cells and columns

def _row_names(table):
    return [row[0] for row in table.rows]


def _cell(table, is_chinese):
    row, place = choice(table.rows), choice(range(1, len(table.columns)))
    if _row_names(table).count(row[0]) > 1 or not row[place] or not row[0]:
        return None
    name, column, head = row[0], table.columns[place], table.columns[0]
    question = pick(is_chinese, (f'{name}的{column}是什么？', f'{column}（{name}）', f'查表：{name}对应的{column}', f'“{name}”的{column}', f'{head}为{name}的那一行，{column}是多少？',
                                 f'表中{name}一行的{column}',
                                 f'{name}，{column}？', f'请查{name}的{column}'),
                    (f'What is the {column} of {name}?', f'{column} for {name}?', f'Look up {column} where {head} is {name}.',
                     f'In the row {name}, what is {column}?', f'{name} - {column}?',
                     f'{name}: {column}', f'Find the {column} that belongs to {name}', f'What does the table give as {column} for {name}?'))
    return question, row[place], 'cell'


def _inverse(table, is_chinese):
    """From a value back to the row."""
    row, place = choice(table.rows), choice(range(1, len(table.columns)))
    value = row[place]
    if not value or not row[0] or sum(other[place] == value for other in table.rows) > 1:
        return None
    column, head = table.columns[place], table.columns[0]
    question = pick(is_chinese, (f'哪个{head}的{column}是{value}？', f'{column}为{value}的{head}是？', f'{value}是哪个{head}的{column}？', f'{column}={value}，{head}=？'),
                    (f'Which {head} has {column} {value}?', f'{head} whose {column} is {value}?', f'{value} is the {column} of which {head}?',
                     f'Where {column} is {value}, what is {head}?'))
    return question, row[0], 'inverse'


def _pairs(table, is_chinese):
    place = choice(range(1, len(table.columns)))
    if any(not row[place] for row in table.rows):
        return None
    joiner = choice((': ', ': ', ': ', '：', ' - ', ' ', '=', ' | '))
    form = table.columns[0] + joiner + table.columns[place]
    question = pick(is_chinese, (f'列出每个{table.columns[0]}和{table.columns[place]}，格式 {form}，每行一个', f'逐行输出“{form}”', f'每行写：{form}', f'按“{form}”列出整个表'),
                    (f"List each '{form}', one per line.", f'For every row write {form}', f'One line per row: {form}', f'The whole table as {form}'))
    return question, '\n'.join(row[0] + joiner + row[place] for row in table.rows), 'list'


def _column(table, is_chinese):
    place = choice(range(len(table.columns)))
    column = table.columns[place]
    if any(not row[place] for row in table.rows):
        return None
    question = pick(is_chinese, (f'列出所有{column}，每行一个', f'{column}一列有哪些值？每行一个', f'逐行写出{column}', f'{column}都有哪些？一行一个'),
                    (f'List all values of {column}, one per line.', f'What are the values in the column {column}? One per line',
                     f'Every {column}, line by line', f'Column {column}, one value a line'))
    return question, '\n'.join(row[place] for row in table.rows), 'list'


def _objects(table, is_chinese):
    places = list(range(len(table.columns)))
    if len(places) > 3 and chance(.5):
        places = [0] + sorted(sample(places[1:], 2))
    listed = ('、' if is_chinese else ', ').join(table.columns[place] for place in places)
    question = pick(is_chinese, (f'以JSON数组输出表格，字段：{listed}', f'把表格转成JSON数组，键：{listed}', f'表格→JSON（{listed}），空格子填null'),
                    (f'Return the table as a JSON array with keys: {listed}', f'Table to JSON, one object a row, keys {listed}',
                     f'Convert the table to JSON ({listed}); null for empty cells'))
    return question, json.dumps([{table.columns[place]: row[place] or None for place in places} for row in table.rows], ensure_ascii=False), 'list'


def _count(table, is_chinese):
    if len(table.rows) > 12:
        return None
    question = pick(is_chinese, ('表格一共有几行数据？', '表里有多少条记录？', '不算表头有几行？'),
                    ('How many rows does the table have (without the header)?', 'How many entries are in the table?', 'Number of records?'))
    return question, str(len(table.rows)), 'count'


def _abnormal(table, is_chinese):
    bad = abnormal_rows(table)
    if bad is None:
        return None
    names, kind = _row_names(table), choice('llllyyc')
    if kind == 'l':
        mark = chance(.25)
        question = pick(is_chinese, ('有哪些异常指标？每行一个，没有则写无', '列出所有不正常的项目，没有写无', '哪些项目异常？逐行列出，没有就写无', '异常项？（无则写无）', '偏高或偏低的有哪些？每行一个；没有写“无”'),
                        ('List the abnormal tests, one per line, or none.', 'Which results are flagged? One per line; none if none.',
                         'Which values are out of range? One per line or "none"',
                         'Abnormal results, line by line (none if all are normal)'))
        if mark:
            question += pick(is_chinese, ('，写成“项目: 结果标记”',), (' Write test: mark.',))
        return question, '\n'.join(f'{row[0]}: {row[table.flags[0]]}' if mark else row[0] for row in bad) or ('无' if is_chinese else 'none'), 'flag'
    if kind == 'c':
        return pick(is_chinese, ('有几项异常？', '异常指标共几个？只写数字'), ('How many results are abnormal?', 'Number of flagged tests?')), str(len(bad)), 'count'
    normal = [row for row in table.rows if row not in bad]
    wanted_bad = chance(.5)
    row = choice((bad if wanted_bad else normal) or table.rows)
    if names.count(row[0]) > 1 or not row[0]:
        return None
    question = pick(is_chinese, ('{}是否异常？', '{}异常吗？回答是或否', '{}超出参考范围了吗？', '{}有问题吗（是/否）'),
                    ('Is {} abnormal? yes or no', 'Is {} out of range?', 'Is the result for {} flagged?', '{}: abnormal? yes/no'))
    return question.format(row[0]), yes_no(row in bad, is_chinese), 'yesno'


# -- comparisons

def _compared(table):
    """Columns whose values can be compared."""
    return [place for place, kind in enumerate(table.kinds) if kind in ('num', 'date') and (place or kind == 'date')]


def _values(table, place):
    """The column as numbers or days, or None if one cell is not certain."""
    if table.kinds[place] == 'date':
        found = [table.days.get((i, place)) for i in range(len(table.rows))]
    else:
        found = [number(row[place]) for row in table.rows]
    return None if None in found else found


def _extreme_words(table, place, most, is_chinese):
    if table.kinds[place] == 'date':
        return ('最晚' if most else '最早') if is_chinese else choice(('latest', 'last') if most else ('earliest', 'first'))
    return (choice(('最大', '最高', '最多')) if most else choice(('最小', '最低', '最少'))) if is_chinese else choice(('highest', 'largest',
                                                                                                           'biggest') if most else ('lowest', 'smallest'))


_SHIPS = ('发货', '出货', '交货', '装船', 'ship', 'deliver', 'dispatch', '送货', '到货')


def _extreme(table, is_chinese):
    """The latest, earliest, largest, smallest. Short tables above all: the step from reading to comparing must be learnable."""
    place = choice(_compared(table))
    found = _values(table, place)
    if not found or len(found) < 2 or len(found) > 7 and chance(.7):
        return None
    most = chance(.5)
    best = max(found) if most else min(found)
    if found.count(best) > 1:
        return None
    row, column, head = table.rows[found.index(best)], table.columns[place], table.columns[0]
    word = _extreme_words(table, place, most, is_chinese)
    if place == 0 or chance(.15):
        question = pick(is_chinese, (f'{word}的{column}是？', f'{column}{word}是多少？', f'{column}的{word}值'),
                        (f'What is the {word} {column}?', f'{word} {column}?', f'Give the {word} value of {column}'))
        return question, row[place], 'argmax'
    if not row[0]:
        return None
    if table.kinds[place] == 'date' and any(part in column.lower() for part in _SHIPS) and chance(.5):
        question = pick(is_chinese, (f"哪个{head}最{'后' if most else '先'}发货？", f"最{'晚' if most else '早'}发货的是哪个{head}？", f"哪一单最{'晚' if most else '早'}发出？"),
                        (f"Which {head} ships {'last' if most else 'first'}?", f"Which order ships {'last' if most else 'first'}?",
                         f"The {'last' if most else 'first'} one to be shipped is which {head}?"))
    else:
        question = pick(is_chinese, (f'{column}{word}的{head}是哪个？', f'哪个{head}的{column}{word}？', f'{column}{word}的是？', f'找出{column}{word}的一行的{head}',
                                     f'按{column}看，{word}的是哪个？'),
                        (f'Which {head} has the {word} {column}?', f'{head} with the {word} {column}?',
                         f'Find the row with the {word} {column}; give its {head}.', f'By {column}, which is {word}?'))
    if chance(.3):
        question += pick(is_chinese, (f'写成“{head}: {column}”。', f'同时给出{column}，用冒号隔开'),
                         (f' Answer as {head}: {column}.', f' Give the {column} too, after a colon.'))
        return question, f'{row[0]}: {row[place]}', 'argmax'
    return question, row[0], 'argmax'


def _between(table, is_chinese):
    """Two rows compared: the step towards comparing all."""
    place = choice(_compared(table))
    found = _values(table, place)
    if not found or place == 0 or len(found) < 2:
        return None
    i, n = sample(range(len(found)), 2)
    first, second = table.rows[i][0], table.rows[n][0]
    names = _row_names(table)
    if found[i] == found[n] or names.count(first) > 1 or names.count(second) > 1 or not first or not second:
        return None
    more, column, is_date = chance(.5), table.columns[place], table.kinds[place] == 'date'
    right = first if (found[i] > found[n]) == more else second
    if is_chinese:
        word = ('晚' if more else '早') if is_date else choice(('大', '高') if more else ('小', '低'))
        if chance(.3):
            return f'{first}的{column}比{second}{word}吗？', yes_no(right == first, True), 'yesno'
        return choice((f'{first}和{second}，哪个{column}更{word}？', f'{first}与{second}相比，{column}{word}的是哪个？',
                       f'{column}：{first}还是{second}更{word}？')), right, 'argmax'
    word = ('later' if more else 'earlier') if is_date else choice(('higher', 'larger') if more else ('lower', 'smaller'))
    if chance(.3):
        return f'Is the {column} of {first} {word} than that of {second}?', yes_no(right == first, False), 'yesno'
    return choice((f'Which has the {word} {column}, {first} or {second}?', f'{first} or {second}: which {column} is {word}?',
                   f'Compare {first} and {second}: whose {column} is {word}?')), right, 'argmax'


def _sorted(table, is_chinese):
    """Row names in order of a column, of few rows."""
    place = choice(_compared(table))
    found = _values(table, place)
    if not found or place == 0 or not 2 <= len(found) <= 5 or len(set(found)) < len(found) or not all(_row_names(table)):
        return None
    down, column, head = chance(.5), table.columns[place], table.columns[0]
    order = sorted(range(len(found)), key=found.__getitem__, reverse=down)
    if table.kinds[place] == 'date':
        chinese_order, english_order = ('从晚到早', 'latest first') if down else ('从早到晚', 'earliest first')
    else:
        chinese_order, english_order = ('从大到小', 'largest first') if down else ('从小到大', 'smallest first')
    question = pick(is_chinese, (f'按{column}{chinese_order}列出{head}，每行一个', f'{head}按{column}{chinese_order}排序，一行一个'),
                    (f'List {head} sorted by {column}, {english_order}, one per line', f'Sort by {column} ({english_order}); write {head} line by line'))
    return question, '\n'.join(table.rows[i][0] for i in order), 'sort'
