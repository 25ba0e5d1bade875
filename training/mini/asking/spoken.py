"""Questions for fields as people put them who never saw a form: several whole questions in one instruction, names listed in running prose, the form of the
answer described in words (described.py), talk around it all (talk.py)."""
import json

from ..chance import chance, choice, randint, weighted
from . import concepts, formats, frames, instructions, talk
from .concepts import CONCEPTS
from .described import described


def ask_spoken(reading, is_chinese):
    """(instruction, answer, kind), or None if the page has nothing to ask."""
    wanted = reading.choose(is_chinese)
    if not wanted:
        return None
    maker = weighted(((_questions, 32), (_in_prose, 44), (_ordinary, 24)))
    text, write, kind, kept = maker(reading, wanted, is_chinese)
    if chance(.75 if maker is _ordinary else .25):
        text = talk.around(text, is_chinese)
    if not is_chinese and chance(.3 if maker is _ordinary else .15):
        text = talk.with_slips(text, kept)
    return text, write([field.value for field in wanted]), kind


def _ordinary(reading, wanted, is_chinese):
    """An instruction of the usual kind, for talk to be put around it."""
    names = [field.name for field in wanted]
    if len(names) == 1:
        asked = instructions.single(names[0], is_chinese, _whole(reading, wanted[0], is_chinese) if chance(.5) else None)
        return asked.text, asked.write, asked.kind, names
    absent = frames.absent_word(is_chinese) or formats.UNSTATED[is_chinese]
    asked = instructions.instruction(names, is_chinese, absent=absent)
    return asked.text, asked.write, asked.kind, names + [absent]


# -- names in running prose

_EN_FIRST = ('', '', '', 'first ', 'first the ', 'the ', 'the ', 'to begin with, the ', 'start with the ')
_EN_NEXT = (', then the ', ', and then the ', ', after that the ', ', and after that the ', ', next the ', ', followed by the ', ', besides the ',
            ', also the ', ' and the ', ', the ', ' plus the ',
            '; next comes the ', ', moreover the ', ' as well as the ', ', further the ')
_EN_LAST = (' and finally the ', ', and last the ', ', lastly the ', ', and at the end the ', ', and to finish the ', ' and the ', ', then the ',
            ', and also the ')
_ZH_FIRST = ('', '', '先是', '首先是', '先要', '头一个是', '第一是', '一是')
_ZH_NEXT = ('，再是', '，然后是', '，接着是', '，其次是', '，还有', '，另外要', '，外加', '，随后是', '，加上', '以及', '，接下来是', '，之后是', '，还要')
_ZH_LAST = ('，最后是', '，末了是', '，最后还有', '，再加上', '和', '以及', '，最末是')


def _running(names, is_chinese):
    """'company, then the date, and after that the address'."""
    first, following, last = (_ZH_FIRST, _ZH_NEXT, _ZH_LAST) if is_chinese else (_EN_FIRST, _EN_NEXT, _EN_LAST)
    text, before = (choice(first) if len(names) > 1 else '') + names[0], None
    for i, name in enumerate(names[1:], 1):
        link = choice(last) if i == len(names) - 1 else choice(following)
        while link == before:
            link = choice(following)
        before = link
        text += (link[:-4] if link.endswith(' the ') and chance(.15) else link) + name
    for name in names if not is_chinese else ():
        text = frames.with_fit_article(text, name)
    return text


_EN_LEAD = ('I would like {}', 'What I am after is {}', 'Tell me {}', 'Dig out {}', 'I am interested in {}', 'Please let me have {}', 'Copy for me {}',
            'Find {} on the page', 'My list goes like this: {}',
            'It is about {}', 'I wonder about {}', 'You will see several things on the page; I care for {}', 'Could you look up {} for me?', 'Give me {}',
            'On the page look for {}', 'We are missing {}',
            'Would you be kind enough to find {}?', 'For the file I have to know {}', 'Type up {}', 'The things wanted are {}')
_ZH_LEAD = ('我想要{}', '帮我找{}', '请告诉我{}', '这页上我只关心{}', '需要的东西依次是{}', '给我查{}', '要抄下来的有{}', '我要的不多，{}', '能不能帮我看看{}', '麻烦写一下{}', '说说{}', '缺的是{}', '请按顺序报{}',
            '想了解的有：{}',
            '顺着往下找，{}', '要登记的内容，{}', '单子上有不少东西，我要{}', '劳烦查查{}', '挨个告诉我，{}', '咱们需要{}')


def _in_prose(reading, wanted, is_chinese):
    """Names in prose or in an ordinary list, with a form in prose or an ordinary one: at least one of both is prose."""
    names = [field.name for field in wanted]
    kind = weighted((('both', 45), ('form', 30), ('list', 25)))
    form = formats.form(names, is_chinese, weighted(formats.WORDED), shows_keys=False) if kind == 'list' else described(names, is_chinese)
    if kind == 'form' and chance(.8):
        listed = frames.opening(is_chinese) + frames.listing(names, None, is_chinese)
    else:
        listed = _listed(names, is_chinese)
    absent, clause = _absence(is_chinese)
    request = form.request
    parts = [listed, request] if chance(.85) else [request, listed]
    if chance(.2):
        parts.insert(1, clause)
    else:
        parts.append(clause)
    if chance(.15):
        parts.append(frames.closing(is_chinese))
    return _sentences(parts, is_chinese), lambda values: form.write(values, absent), form.kind, names + [absent or '']


def _listed(names, is_chinese):
    kind = weighted((('running', 60), ('telegram', 14), ('dialect', 13), ('spoken', 13)))
    if kind == 'telegram' or not is_chinese and kind == 'spoken' and chance(.5):
        return talk.telegram(names, is_chinese)
    if is_chinese and kind == 'dialect':
        return talk.dialect(names)
    if is_chinese and kind == 'spoken':
        return talk.unpunctuated(names)
    lead = choice(_ZH_LEAD if is_chinese else _EN_LEAD)
    return lead.replace('{}', _running(names, is_chinese))


_EN_ABSENT = ('If the page has nothing for one of them, {}', 'For a thing the page is silent about, {}', 'Something that is not printed anywhere? Then {}',
              'When you look in vain, {}', 'Where there is nothing to copy, {}',
              'It may be that one of them is not there; in that case {}', 'Those you do not find: {}', 'In place of anything that is lacking, {}',
              'Not everything needs to be there. For what is not, {}', 'Nothing printed for it? {}')
_EN_ACT = ('write {}', 'the word is {}', 'use the word {}', 'put the word {} where the value would be', 'just say {}', 'its place is taken by {}',
           'fill its place with {}', 'let the value read {}', 'note {} instead', '{} will do')
_ZH_ABSENT = ('要是页面上没有某一样，', '哪样要是没印，', '翻遍了也没有的，', '碰上纸上压根没提的，', '不一定样样都有，没有的那样', '有的可能找不着，那就', '万一缺了哪个，', '如果哪一项是空的，', '实在没有的，', '若有查不着的，')
_ZH_ACT = ('就写{}', '值的位置写{}', '用{}这个词顶上', '后面就填{}', '拿{}代替', '标一个{}就行', '直接写上{}', '以{}作答', '值那里放{}', '写{}两个字')


def _absence(is_chinese):
    """(the word for what is missing or None, the sentence that fixes it or '')."""
    if chance(.3):
        return None, ''
    word = frames.absent_word(is_chinese) or formats.UNSTATED[is_chinese]
    if chance(.4):
        return word, frames.absent_clause(is_chinese, word)
    if is_chinese:
        act = choice(_ZH_ACT)
        if '两个字' in act and len(word) != 2:
            act = _ZH_ACT[0]
        return word, choice(_ZH_ABSENT) + act.format(choice(('{}', '“{}”', '“{}”', '「{}」')[not _is_wordy(word):]).format(word))
    return word, choice(_EN_ABSENT).format(choice(_EN_ACT).format(choice(('{}', '"{}"', '"{}"', '“{}”', "'{}'")[not _is_wordy(word):]).format(word)))


def _is_wordy(word):
    return word[-1].isalnum()


def _sentences(parts, is_chinese):
    """The parts one after the other, each as a sentence or on a line of its own."""
    parts = [part.rstrip() for part in parts if part.strip()]
    in_lines = chance(.2) or any('\n' in part for part in parts)
    stop = weighted((('。', 7), ('，', 2), (' ', 1))) if is_chinese else weighted((('.', 8), (';', 1), (' -', 1)))
    text = ''
    for i, part in enumerate(parts):
        ended = part[-1] in '.?!。？！：:；;'
        is_last = i == len(parts) - 1
        if not ended and not (is_last and chance(.4)):
            part += stop if not is_last else '。' if is_chinese else '.'
        if not is_chinese and stop == '.':
            part = part[:1].upper() + part[1:] if i and chance(.9) else part
        text += part + ('' if is_last else '\n' if in_lines else '' if is_chinese else ' ')
    return text


# -- several whole questions

_EN_ASK = ('What is the {}?', 'What about the {}?', 'Which {} is printed?', 'Can you tell me the {}?', 'And the {}?', 'Is there a {}, and what is it?',
           'What does it say for the {}?', 'How does the {} read?')
_ZH_ASK = ('{}是什么？', '{}是多少？', '{}呢？', '{}怎么写的？', '{}印的是什么？', '上面的{}是？', '{}是哪个？')
_EN_INTRO = ('', '', '', 'Answer these questions.', 'I have some questions.', 'Questions about the page:', 'Please answer all of the following.',
             'Read the page and answer.', 'A few things I need to know.', 'Several questions at once:',
             'Here is what I want to find out:', 'Kindly reply to each question.', 'Help me with these:', 'Some questions, all about this document:')
_ZH_INTRO = ('', '', '', '回答下面的问题。', '有几个问题：', '请逐一回答：', '我有些事想问：', '看完这页回答：', '下面的问题都要答。', '一次问你几件事：', '请根据页面回答以下问题：', '帮我弄清楚这些：', '几个问题一起问了：')
_EN_LINES = ('One answer per line.', 'Give the answers line by line.', 'Answer each on its own line, in this order.',
             'Each answer on a new line and no more than that.', 'Write the answers below each other, without the questions.',
             'A line for each answer.', 'Only the answers, one a line.')
_ZH_LINES = ('每个答案一行。', '答案分行写，顺序不变。', '一行一个答案。', '依次作答，各占一行，不要写问题。', '只写答案，一个一行。', '按提问的先后，逐行给出答案。', '回答时一条一行。')
_EN_NUMBERED = ('Number the answers like this: {}', 'Put the number before each answer, as in "{}", one a line.',
                'Numbered answers please ({}, and so on), one per line.',
                'Start each line with its number: {}', 'Answers as a numbered list, {} first.')
_ZH_NUMBERED = ('答案前写序号，如“{}”，一行一个。', '按“{}”这样编号作答，每行一个。', '回答要带编号（{}……），分行。', '每行开头标序号，形如 {}', '编号列出答案，从{}开始。')
_EN_PAIRS = ('Repeat each question, then {} and the answer, one pair a line.', 'Lines of the form question{}answer.',
             'Write the question, {} the answer, on one line each.')
_ZH_PAIRS = ('每行先抄问题，再写“{}”和答案。', '写成“问题{}答案”，一行一组。', '问题照抄，后面接“{}”和答案，每组一行。')
_EN_JSON = ('Answer as JSON with the keys {}.', 'Return one JSON object; its keys are {}, in the order of the questions.', 'JSON, keys {}.',
            'Put the answers into a JSON object under {}.', 'Use the keys {} for the answers, as JSON.')
_ZH_JSON = ('用JSON回答，键依次为{}。', '返回一个JSON对象，键名是{}，与问题顺序对应。', '答案放进JSON，键：{}。', 'JSON格式，键用{}。', '把答案按顺序写进JSON的{}里。')
_EN_SENTENCE = ('Answer all of it in one sentence, the answers separated by {}, with a full stop at the end.',
                'One sentence please: just the answers with {} between and a full stop at the end.',
                'String the answers together into one sentence, {} between them, a full stop at the end.')
_ZH_SENTENCE = ('合成一句话回答，答案之间用{}，句末加句号。', '用一句话答完，只写答案，{}隔开，句号结尾。', '把答案连成一句，中间用{}，最后一个句号。')
_MARKS = (('{}. ', '{}) ', '({}) ', 'Q{}: ', '{}: ', '#{} '), ('{}. ', '{}、', '（{}）', '({}) ', '问题{}：', '{}：', '{}）'))
_ANSWER_MARKS = (('{}. ', '{}) ', '({}) ', 'A{}: ', '{}: '), ('{}. ', '{}、', '（{}）', '答{}：', '{}：', '({}) '))


def _whole(reading, field, is_chinese):
    """A whole question for the field; one that does not name it only if it is certain which field is meant."""
    known = concepts.questions(field.key, is_chinese) if field.key in CONCEPTS and chance(.65) and not reading.is_doubtful(field.key) else ()
    return choice(known) if known else _named(field.name, is_chinese)


def _named(name, is_chinese):
    text = choice(_ZH_ASK if is_chinese else _EN_ASK).format(name)
    return text if is_chinese else frames.with_fit_article(text, name)


def _questions(reading, wanted, is_chinese):
    asked = []
    for field in wanted:
        text = _whole(reading, field, is_chinese).strip()
        text = _named(field.name, is_chinese) if text in asked or '\n' in text else text
        # In a row, a question without its mark would run into the next one.
        asked.append(text if text[-1] in '?？' else text.rstrip('.。:：') + ('？' if is_chinese else '?'))
    asked = [text if is_chinese or chance(.1) else text[:1].upper() + text[1:] for text in asked]
    mark = choice(_MARKS[is_chinese]) if chance(.45) else ''
    start = [mark.format(i) + text if mark else text for i, text in enumerate(asked, 1)]
    bullet = choice(('', '', '- ', '* ')) if not mark else ''
    in_row = chance(.4) or len(asked) == 1
    block = (' ' if not is_chinese or mark and chance(.5) else '').join(start) if in_row else '\n'.join(bullet + text for text in start)
    intro = choice(_ZH_INTRO if is_chinese else _EN_INTRO)
    if is_chinese and chance(.3):
        intro = intro.rstrip('。：') + choice(('：', '。')) if intro else ''
    block = intro + (('' if is_chinese else ' ') if in_row and chance(.6) else '\n') + block if intro else block
    request, write, kind = _answers(asked, wanted, is_chinese)
    absent, clause = _absence(is_chinese)
    parts = [request, clause] if chance(.8) else [clause, request]
    rules = _sentences(parts, is_chinese) if request or clause else ''
    if not rules:
        text = block
    elif chance(.13):
        text = rules + '\n' + block
    else:
        text = block + ('\n' if not in_row or chance(.4) else '' if is_chinese else ' ') + rules
    missing = absent or formats.UNSTATED[is_chinese]

    def answer(values):
        return write(values, absent if kind == 'questions json' else missing)
    return text, answer, kind, asked + [field.name for field in wanted] + [absent or '', *write.kept]


class _Writer:
    """`write(values, absent)` with the texts that instruction and answer have in common."""

    def __init__(self, write, kept=()):
        self.write, self.kept = write, kept

    def __call__(self, values, absent):
        return self.write(values, absent)


def _answers(asked, wanted, is_chinese):
    """(request, writer, kind). Nothing said about the form means bare answers, one a line."""
    def filled(values, absent):
        return [absent if value is None else value for value in values]

    kind = weighted((('lines', 30), ('numbered', 17), ('json', 22), ('pairs', 12), ('sentence', 8), ('described', 11)))
    if kind == 'numbered':
        mark = choice(_ANSWER_MARKS[is_chinese])
        request = choice(_ZH_NUMBERED if is_chinese else _EN_NUMBERED).format(mark.format(1).strip())

        def number(values, absent):
            return '\n'.join(mark.format(i) + text for i, text in enumerate(filled(values, absent), 1))
        return request, _Writer(number, (mark.format(1).strip(),)), 'questions numbered'
    if kind == 'json':
        keys = _keys(wanted, is_chinese)
        shown = choice(('{}', '"{}"', '"{}"', '`{}`'))
        names = [shown.format(key) for key in keys]
        comma, last = ('、', '和') if is_chinese else (', ', ' and ')
        listed = comma.join(names) if chance(.7) or len(names) == 1 else comma.join(names[:-1]) + last + names[-1]

        def write(values, absent):
            missing = None if absent == 'null' else absent
            return json.dumps(dict(zip(keys, filled(values, missing))), ensure_ascii=False)
        return choice(_ZH_JSON if is_chinese else _EN_JSON).format(listed), _Writer(write, (*names, *keys)), 'questions json'
    if kind == 'pairs':
        mark = choice(('：', '：', '→', ' ', '=')) if is_chinese else choice((': ', ': ', ' -> ', ' = ', ' '))
        pairs = choice(_ZH_PAIRS if is_chinese else _EN_PAIRS)
        said = {' ': '空格' if is_chinese else 'a space'}.get(mark, mark.strip() if '{} and' in pairs or '{} the' in pairs else mark)
        if mark == ' ':
            pairs = '每行先抄问题，空一格再写答案。' if is_chinese else 'Repeat each question, then a space and the answer, one pair a line.'
        return pairs.format(said), _Writer(
            lambda values, absent: '\n'.join(text + mark + value for text, value in zip(asked, filled(values, absent)))), 'questions pairs'
    if kind == 'sentence':
        mark, word = choice((('，', '逗号'), ('；', '分号'), ('、', '顿号')) if is_chinese else ((', ', 'commas'), ('; ', 'semicolons')))
        request = choice(_ZH_SENTENCE if is_chinese else _EN_SENTENCE).format(word)
        return request, _Writer(lambda values, absent: mark.join(filled(values, absent)) + ('。' if is_chinese else '.')), 'questions sentence'
    if kind == 'described':
        form = formats.form([field.name for field in wanted], is_chinese, 'values', shows_keys=False)
        return form.request, _Writer(form.write), 'questions lines'
    request = '' if chance(.25) else choice(_ZH_LINES if is_chinese else _EN_LINES)
    return request, _Writer(lambda values, absent: '\n'.join(filled(values, absent))), 'questions lines'


def _keys(wanted, is_chinese):
    kind = randint(1, 5)
    names = [field.name for field in wanted]
    if kind == 1:
        stem, start = choice(('q', 'a', 'answer', 'Q', 'A', 'ans_', 'k') + (('问', '答', '答案') if is_chinese else ())), choice((1, 1, 1, 0))
        return [f'{stem}{start + i}' for i in range(len(wanted))]
    if kind == 2:
        return [str(i) for i in range(1, len(wanted) + 1)]
    if kind == 3:
        return frames.nonsense_keys(names, is_chinese)
    style = frames.key_style(False)
    styled = [style(name) if name.isascii() else name for name in names]
    return styled if all(styled) and len(set(styled)) == len(styled) else names
