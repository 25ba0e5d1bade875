"""Screens of chats: who said what."""
from ..chance import chance, choice, letters_digits, randint
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import date, person, time
from .parts_common import either
from .parts_forms import random_value


def compose():
    sheet = Sheet(chance(.6), 'chat')
    is_chinese = sheet.is_chinese
    people = _people(sheet)
    if chance(.3):
        sheet.row((sheet.seen(time()), .02, 'l', .8), (f'{randint(5, 100)}%', .98, 'r', .8))
    if chance(.65):
        text = chinese(3, 6) + choice(('群', '', '交流群', '家人群', '项目组')) if is_chinese else cased(words(1, 3), 't')
        text = sheet.seen(text)
        sheet.put('group', text)
        sheet.row((choice(('', '', '< ')) + text + choice(('', '', f'({len(people)})', f' ({len(people)})')), .5, 'c', 1.2))
    style = choice(('above', 'above', 'colon', 'colon left', 'log', 'bubble'))
    said, previous = set(), None
    for _ in range(choice((3, 4, 5, 6, 7, 8, 10, 12))):
        who = randint(0, len(people) - 1)
        text = _message(sheet)
        if text in said:
            continue
        said.add(text)
        _interlude(sheet, people)
        repeated = who == previous and chance(.3) and style == 'above'
        _print(sheet, style, people[who], text, who == 0, repeated)
        sheet.messages.append((people[who], text))
        previous = who
    if chance(.2):
        sheet.row((either(is_chinese, '按住 说话|发送|说点什么…', 'Type a message|Send|Message…'), choice((.5, .1)), 'c'))
    return sheet


def _people(sheet):
    """Two to five different names: of persons, or chosen by themselves."""
    found = []
    for _ in range(choice((2, 2, 3, 3, 4, 5))):
        name = person(sheet.is_chinese) if chance(.8) else choice((chinese(2, 4), letters_digits(4).lower(), cased(words(1, 1), 't')))
        name = sheet.seen(name)
        while name in found or not name:
            name += choice('ABCDEFGH123')
        found.append(name)
    return found


def _message(sheet):
    if chance(.25):
        text = random_value(sheet.is_chinese)
        if chance(.5):
            text = choice(('是', '地址：', '我的电话', '改成', '单号', '约在')) + text if sheet.is_chinese else choice(("it's ", 'at ', 'number: ', 'use ', 'meet ')) + text
    elif sheet.is_chinese:
        text = choice((chinese(3, 8) + choice(('，', '', ' ')) + chinese(2, 6) + choice(('吗？', '。', '', '！', '了')),
                       chinese(2, 5) + choice(('呢？', '好的', '吧', '')),
                       either(True, '收到|好的|明天见|我晚点到|发我一下|谢谢|几点开会？|没问题|在吗', '')))
    else:
        text = choice((cased(words(2, 7), choice('al')) + choice(('', '.', '?', '!')), cased(words(1, 3), 'l'),
                       either(False, '', 'ok|Thanks!|See you tomorrow|on my way|what time?|sounds good|no problem|got it')))
    return sheet.seen(text)


def _interlude(sheet, people):
    """Times and notices between messages are nobody's words."""
    if chance(.2):
        sheet.row((sheet.seen(choice((time(), f'{date(sheet.is_chinese)} {time()}', either(sheet.is_chinese, '昨天|星期一|今天',
            'Yesterday|Monday|Today') + ' ' + time()))), .5, 'c', .8))
    if chance(.04):
        text = either(sheet.is_chinese, '加入了群聊|撤回了一条消息|修改了群名', 'joined the group|deleted a message|changed the subject')
        sheet.row((f'{choice(people)}{"" if sheet.is_chinese else " "}{text}', .5, 'c', .8))


def _print(sheet, style, who, text, is_own, repeated):
    """`is_own`: the owner of the telephone writes at the right. `repeated`: the name is not printed again."""
    x, align = (.97, 'r') if is_own and style in ('above', 'bubble') else (.05, 'l')
    if style in ('above', 'bubble'):
        if not repeated:
            stamp = ' ' + sheet.seen(time()) if chance(.25) else ''
            sheet.row((who + stamp, x, align, .8), gap=1.2)
        _wrapped(sheet, text, x, align)
        if style == 'bubble' and chance(.4):
            sheet.row((sheet.seen(time()), x, align, .7), gap=.7)
    elif style == 'log':
        sheet.row((f'[{time()}] {who}: {text}' if chance(.8) else f'{who}: {text}', .02))
    else:
        sheet.row((who + choice((': ', ':', '：')) + text, .7 if is_own and style == 'colon' and len(text) < 12 else .05))


def _wrapped(sheet, text, x, align):
    """A long message over two rows, cut where joining restores it."""
    if len(text) > (16 if sheet.is_chinese else 34) and chance(.5):
        half = len(text) // 2
        at = half if sheet.is_chinese and ' ' not in text else text.find(' ', half)
        if at > 0:
            sheet.row((text[:at], x, align))
            sheet.row((text[at:].strip(), x, align), gap=.8)
            return
    sheet.row((text, x, align))
