"""Whole instructions written by hand for measuring; training must never see one of them. They take names and the keys to answer by."""
import json

from .formats import UNSTATED
from .instructions import Instruction

# (is Chinese, form, what a missing value is written as, text). {list}, {lines} and {skeleton} are filled by `held_out_wording`.
HELD_OUT = (
    (True, 'json', None, '财务系统要收这张纸的内容，系统认下面这个对象里的键，其余一概不认。冒号后面请誊上纸上印的字，纸上没有的誊 null。\n{skeleton}'),
    (True, 'brackets', '未知', '我念名目你填字，名目有：{list}。每个名目换一行，名目套上方头括号，后面一个中文冒号，再跟上字；碰到纸上没这回事，就跟“未知”两个字。'),
    (True, 'lines', '缺', '同事漏登了这几栏，替他补登一下吧（真找不着的栏里登“缺”）：\n{lines}'),
    (True, 'values', '无', '电话里我会依次问你：{list}。你照着纸一句一句答，一句一行，光答字，问到没有的就答“无”。'),
    (True, 'json', None, '先看清{list}这几处各印了什么，再誊到下面的空格子里，誊不出的格子写 null：\n{skeleton}'),
    (True, 'lines', '未知', '名目后点两点再写字，一样一行，次序别乱：{list}。印刷品上寻不见的写未知。'),
    (False, 'json', None,
     'Our ledger software swallows one object per sheet and knows no keys but those below. Type after each colon what the sheet bears there; '
     'where it bears nothing, null.\n{skeleton}'),
    (False, 'brackets', 'unknown',
     'I call out headings and you answer with what the sheet bears: {list}. A row for every heading, the heading inside 【】, then ： and your '
     'answer; a heading in vain is answered unknown.'),
    (False, 'lines', 'lacking',
     'A colleague skipped these boxes of the register. Do them for him (a box that truly cannot be done reads lacking):\n{lines}'),
    (False, 'values', 'no',
     'On the telephone I shall ask you in turn about {list}. Reply from the sheet, a reply to a row, bare of any heading, and no if the sheet is '
     'silent.'),
    (False, 'json', None,
     'First make out what the sheet bears for {list}; afterwards put it between the quotation marks here, or null in their stead:\n{skeleton}'),
    (False, 'lines', 'unknown',
     'Heading, colon, blank, wording of the sheet - thus, row by row, for {list}. Headings the sheet knows nothing about end in unknown.'),
)


def held_out_wording(n, pairs):
    """Wording n of HELD_OUT for [(name, key)]: the prose calls a field by its name, the answer by its key (in a wording without prose, by the key only)."""
    is_chinese, kind, absent, text = HELD_OUT[n]
    names, keys = zip(*pairs)
    joiner = '、' if is_chinese else ', '
    colon = '：' if is_chinese else ': '
    shown = {'list': joiner.join(names), 'lines': '\n'.join(f'{key}{colon}'.rstrip() for key in keys),
             'skeleton': json.dumps(dict.fromkeys(keys, ''), ensure_ascii=False)}
    for mark, filling in shown.items():
        text = text.replace('{' + mark + '}', filling)
    if '{lines}' not in HELD_OUT[n][3] and kind in ('lines', 'brackets'):
        keys = names  # nothing but the prose says what to call them

    def write(values):
        if kind == 'json':
            return json.dumps(dict(zip(keys, values)), ensure_ascii=False)
        filled = [(absent or UNSTATED[is_chinese]) if value is None else value for value in values]
        if kind == 'values':
            return '\n'.join(filled)
        before, after = ('【', '】：') if kind == 'brackets' else ('', colon)
        return '\n'.join(f'{before}{key}{after}{value}' for key, value in zip(keys, filled))
    return Instruction(text, write, kind)
