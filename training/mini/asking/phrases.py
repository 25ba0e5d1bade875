"""Small pieces of instructions that all question makers share."""
from ..chance import chance, choice

_BEFORE = (('请问', '请问，', '请回答：', '看图回答：', '根据图片，', '根据单据，', '麻烦看一下，', '帮我看看，', '你好，', '问题：', '请根据页面内容回答：', '请看图，', '想知道'),
           ('Please tell me: ', 'Question: ', 'From the image: ', 'Look at the page. ', 'According to this document, ', 'I want to know: ', 'Please answer: ',
            'Hi, ', 'Based on the picture: '))
_AFTER = (('只输出答案。', '直接回答。', '不要解释。', '只写结果', '请简短回答。', '照原样抄写。', '只回答内容本身'),
          ('Answer only.', 'Just the answer.', 'No explanation.', 'Keep it short.', 'Copy it as printed.', 'Give only the result.',
           'Reply with the value only.'))

_SENTENCE_STARTS = ('What', 'Which', 'Who', 'How', 'Is ', 'Are', 'Does', 'Do ', 'List', 'By ', 'Find', 'Give', 'Write', 'Look', 'In ', 'The ', 'Where',
                    'Return', 'Output', 'Count')


def pick(is_chinese, chinese_texts, english_texts):
    return choice(chinese_texts if is_chinese else english_texts)


def dressed(question, is_chinese):
    """The question with the politeness and demands people put around it, in some cases."""
    language = not is_chinese
    if chance(.25):
        before = choice(_BEFORE[language])
        if before.endswith(', ') and question.startswith(_SENTENCE_STARTS):
            question = question[0].lower() + question[1:]
        question = before + question
    if chance(.25):
        glue = '' if is_chinese and question[-1:] in '。？！：\n' else '，' if is_chinese else ' ' if question[-1:] in '.?!:' else '. '
        question += (glue if chance(.8) else '\n') + choice(_AFTER[language])
    return question


def yes_no(truth, is_chinese):
    return ('是' if truth else '否') if is_chinese else ('yes' if truth else 'no')
