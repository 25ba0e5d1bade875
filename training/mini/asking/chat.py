"""Questions about a conversation."""
from ..chance import choice
from .phrases import dressed, pick, yes_no


def ask_chat(sheet, is_chinese):
    """(instruction, answer, kind), or None where the drawn question has no certain answer."""
    if not sheet.messages:
        return None
    makers = [_who] * 5 + [_said] * 5 + [_all_said] * 2 + [_last_sender] * 2 + [_last_text] + [_participants] * 2 + [_next] * 2 + [_count] + [_did_say] * 2
    found = choice(makers)(sheet.messages, is_chinese)
    return found and (dressed(found[0], is_chinese), *found[1:])


def _texts(messages):
    return [text for _, text in messages]


def _who(messages, is_chinese):
    who, text = choice(messages)
    if _texts(messages).count(text) > 1:
        return None
    question = pick(is_chinese, ('“{}”是谁说的？', '谁说了“{}”？', '这句话是谁发的：{}', '发送者是谁？“{}”', '{}——谁说的'),
                    ('Who said "{}"?', 'Who wrote "{}"?', 'Sender of the message "{}"?', 'Whose message is this: {}', '"{}" was sent by whom?'))
    return question.format(text), who, 'who'


def _said(messages, is_chinese):
    who = choice(messages)[0]
    texts = [text for other, text in messages if other == who]
    if choice((True, True, False)):
        question, text = pick(is_chinese, ('{}最后说了什么？', '{}的最后一条消息是什么？', '{}最后发的内容', '{}的最后一句话？'),
                              ('What did {} say last?', 'Last message from {}?', 'What is the last thing {} wrote?', "{}'s final message?")), texts[-1]
    else:
        question, text = pick(is_chinese, ('{}最先说了什么？', '{}的第一条消息是什么？', '{}第一句话说的是？'),
                              ('What did {} say first?', 'First message from {}?', "What was {}'s first message?")), texts[0]
    return question.format(who), text, 'said'


def _all_said(messages, is_chinese):
    who = choice(messages)[0]
    question = pick(is_chinese, ('{}说了哪些话？每行一条', '列出{}的全部消息，一行一条', '{}发过的内容，逐行写出'),
                    ('List everything {} said, one per line.', 'All messages from {}, one per line', 'What did {} write? One message a line'))
    return question.format(who), '\n'.join(text for other, text in messages if other == who), 'said'


def _last_sender(messages, is_chinese):
    if choice((True, True, False)):
        return pick(is_chinese, ('谁发了最后一条消息？', '最后说话的是谁？', '最后一条是谁发的'),
                    ('Who sent the last message?', 'Who spoke last?', 'Sender of the last message?')), messages[-1][0], 'who'
    return pick(is_chinese, ('谁先开口的？', '第一条消息是谁发的？'), ('Who wrote first?', 'Who sent the first message?')), messages[0][0], 'who'


def _last_text(messages, is_chinese):
    return pick(is_chinese, ('最后一条消息是什么？', '聊天的最后一句写的什么？'), ('What is the last message?', 'What does the final message say?')), messages[-1][1], 'said'


def _participants(messages, is_chinese):
    question = pick(is_chinese, ('聊天里有哪些人？每行一个', '参与聊天的有谁？一行一个', '列出所有发言人，每行一个'),
                    ('List the participants, one per line.', 'Who takes part in the chat? One per line', 'Names of everybody who wrote, one per line'))
    return question, '\n'.join(dict.fromkeys(who for who, _ in messages)), 'who'


def _next(messages, is_chinese):
    """The reply to a message."""
    place = choice(range(len(messages)))
    if place + 1 >= len(messages) or _texts(messages).count(messages[place][1]) > 1:
        return None
    question = pick(is_chinese, ('“{}”的下一条消息是什么？', '“{}”之后说了什么？', '对“{}”的回复是？'),
                    ('What is the message after "{}"?', 'What came right after "{}"?', 'Reply to "{}"?'))
    return question.format(messages[place][1]), messages[place + 1][1], 'said'


def _count(messages, is_chinese):
    if len(messages) > 10:
        return None
    return pick(is_chinese, ('一共有几条消息？', '聊天有多少条？只写数字'), ('How many messages are there?', 'Number of messages?')), str(len(messages)), 'count'


def _did_say(messages, is_chinese):
    people = list(dict.fromkeys(who for who, _ in messages))
    who, text = choice(messages)
    if len(people) < 2 or _texts(messages).count(text) > 1:
        return None
    truth = choice((True, False))
    named = who if truth else choice([other for other in people if other != who])
    question = pick(is_chinese, ('“{text}”是{who}说的吗？', '{who}说过“{text}”吗？回答是或否'), ('Did {who} say "{text}"?', 'Was "{text}" written by {who}? yes/no'))
    return question.format(who=named, text=text), yes_no(truth, is_chinese), 'yesno'
