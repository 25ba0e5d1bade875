"""What people say around a request: talk that has nothing to do with it, role play, telegrams, dialect, spoken Chinese without punctuation, English with slips.
Sentences are put together from parts; frames.py has the plainer preambles."""
import re

from ..chance import chance, choice, digits, randint
from ..values import company, date

_EN_WHO = ('my boss', 'my wife', 'my husband', 'our accountant', 'the tax man', 'my neighbour', 'my son', 'the new girl at the office', 'a customer',
           'the landlord', 'my mother', 'head office',
           'the auditor', 'my colleague', 'grandpa', 'the manager', 'someone from sales', 'the courier')
_EN_DID = ('keeps asking for this', 'lost the first copy', 'will be here in ten minutes', 'spilled coffee on the original', 'found this in an old coat',
           'sent me this yesterday', 'wants it before lunch',
           'cannot make head or tail of it', 'forgot to type it in', 'put it in the wrong folder', 'never trusts my typing', 'is on holiday',
           'left this on my desk', 'told me you are good at this')
_EN_FEEL = ('It has been a long day.', 'Sorry to bother you again.', 'The weather is dreadful today.', 'I have had three coffees and still cannot focus.',
            'My printer is broken.', 'The train was late.',
            'I dropped my keys.', 'There is a queue at the desk.', 'It is raining here.', 'I promised to be quick.', 'This is the last one, I swear.',
            'We moved offices last week.', 'The phone does not stop ringing.',
            'I hope you are well.', 'Lunch was terrible, by the way.', 'My computer crashed twice.', 'The cat sat on the keyboard.', 'I am new at this.',
            'Do not tell anyone I asked.', 'The deadline was yesterday.')
_EN_ROLE = ('Let us play a game: you are {role} and I am {who}.', 'Pretend that you are {role}.', 'Imagine {role} at a desk; that is you today.',
            'In this scene you are {role}, and {who} walks in with this page.',
            'You have been {role} for thirty years.', 'For the next minute you are {role}.', 'From now on your name is Max and you are {role}.',
            'We are in a play. {Who} hands the page to you, {role}.')
_EN_ROLES = ('an old clerk', 'a pirate who can read', 'a patient librarian', 'a robot without feelings', 'a strict auditor', 'a friendly shop assistant',
             'a customs officer', 'a detective', 'a school teacher',
             'a butler', 'a typist from the fifties', 'a ship\'s purser', 'a parrot that repeats print', 'a court reporter', 'a museum guide')
_EN_AFTER = ('That would make my day.', 'Then I can finally go home.', 'I owe you one.', 'After that we are done for today.', '{Who} will be happy.',
             'Take your time.', 'I will check it later against the paper.',
             'Sorry for the trouble.', 'You are a star.', 'If it goes well there will be more.', 'Cheers!', 'The rest of the paper does not matter to me.',
             'No need to tell me about the weather.', 'Much obliged.',
             'And please, no stories.', 'I have to run now.', 'Let me know when done. Well, just answer.', 'Fingers crossed.',
             'The file number is {number}, not that it matters.')
_ZH_WHO = ('老板', '我媳妇', '我爸', '会计', '隔壁老王', '客户', '领导', '房东', '同事小李', '财务大姐', '我儿子', '总部', '审计的人', '师傅', '新来的小姑娘', '我妈', '楼下保安', '快递小哥', '经理')
_ZH_DID = ('一直在催', '把原件弄丢了', '马上就到', '把咖啡洒在上面了', '从旧衣服里翻出来的', '昨天发给我的', '午饭前就要', '看了半天没看懂', '忘了录进去', '放错文件夹了', '总说我抄错', '休假去了', '搁我桌上就走了', '说你最会看这个', '非要我今天弄完')
_ZH_FEEL = ('今天可真累。', '又来打扰你了。', '外面下着大雨。', '我钥匙找不着了。', '打印机又坏了。', '地铁晚点了。', '我刚来没几天。', '这是最后一张了。', '办公室刚搬完家。', '电话响个不停。', '中午的饭真难吃。', '电脑死机两回了。', '排队的人一大堆。',
            '昨晚没睡好。', '我答应人家尽快的。', '这活儿我不太熟。', '最近天天加班。', '先跟你说声谢谢。', '别笑话我啊。', '本来昨天就该交的。')
_ZH_ROLE = ('咱们来演个戏，你演{role}，我演{who}。', '假装你是{role}。', '你现在当一回{role}。', '情景：{who}拿着这页纸来找{role}，也就是你。', '你干{role}三十年了。', '从这会儿起你叫小明，是{role}。',
            '设定：你是{role}，话不多。')
_ZH_ROLES = ('老账房先生', '图书馆的老馆员', '没有感情的机器人', '很严的审计', '热心的售货员', '海关官员', '侦探', '小学老师', '管家', '打字员', '只会照字念的鹦鹉', '法院书记员', '讲解员', '私塾先生', '邮局的老职工')
_ZH_AFTER = ('弄完我就能下班了。', '改天请你吃饭。', '{who}就等这个呢。', '不着急，慢慢来。', '回头我自己再核一遍。', '麻烦你了。', '你最靠谱了。', '弄好了后面还有。', '单子上别的我不关心。', '天气怎么样就不用说了。', '千万别讲故事。',
             '我先忙去了。', '拜托拜托。',
             '档案号{number}，这个不用管。', '多谢多谢！', '就这些，没别的事。', '感激不尽。')
_DIALECT_OPENINGS = ('俺不大识字，你给俺瞅瞅这上头的', '劳您驾，给咱瞧瞧上边儿的', '侬帮阿拉看看呀，要', '你帮我睇下呢张单，我要', '中不中啊老弟，给俺说说', '哥子，帮我看哈上头的', '您受累，给说道说道', '整一下呗，俺要', '麻烦侬讲拨我听，要',
                     '唔该帮手睇睇，要', '乡党，给咱瞅一眼', '哎呀妈呀字太小了，给我整出来', '得空不？给拾掇拾掇这上头的', '嬢嬢不会弄，帮看一哈')
_SPOKEN_OPENINGS = ('那个你帮我看一下这个单子我要', '就是说我想知道这上面的', '嗯你先看看然后告诉我', '哎我跟你讲我就要', '那什么你给我找找', '我现在需要知道的是', '你看啊这张纸上帮我找出', '好我们开始吧我要', '喂听得到吗帮我查一下', '对就是这张你给我读一下')
_SPOKEN_BETWEEN = ('还有', '然后', '再有', '还要', '跟', '和', '然后还有', '再来个', '以及')
_TELEGRAM_OPENINGS = (('NEED', 'SEND', 'WANT', 'Wanted urgently:', 'req:', 'need asap', 'pls send', 'quick -', 'URGENT. REPORT', 'gimme', 'data req'),
                      ('急需', '速报', '请告', '盼复', '要', '急：', '速查', '电询', '烦告', '即报', '速录'))
_SMALL = re.compile(r"\b(the|a|an) ", re.IGNORECASE)


def around(text, is_chinese):
    """The text with talk before it, after it or both; a reader has to find what is asked."""
    before, after = _sides()
    if before:
        text = _talk_before(is_chinese) + choice(('\n', '\n\n', '' if is_chinese else ' ')) + text
    if after:
        last = text.rsplit('\n', 1)[-1]
        is_open = last[-1:] not in '.?!。？！'
        text += choice(('\n', '\n\n')) if is_open or chance(.4) else '' if is_chinese else ' '
        text += _talk_after(is_chinese)
    return text


def _sides():
    kind = randint(1, 10)
    return kind <= 8, kind >= 6


def _filled(text, is_chinese):
    who = choice(_ZH_WHO if is_chinese else _EN_WHO)
    role = choice(_ZH_ROLES if is_chinese else _EN_ROLES)
    return text.format(who=who, Who=who[:1].upper() + who[1:], role=role, number=digits(randint(2, 5)))


def _talk_before(is_chinese):
    sentences = []
    for _ in range(choice((1, 1, 2, 2, 3, 4))):
        kind = randint(1, 10)
        if kind <= 4:
            sentence = choice(_ZH_FEEL if is_chinese else _EN_FEEL)
        elif kind <= 7:
            who, did = (choice(_ZH_WHO), choice(_ZH_DID)) if is_chinese else (choice(_EN_WHO), choice(_EN_DID))
            sentence = f'{who}{did}。' if is_chinese else f'{who[:1].upper()}{who[1:]} {did}.'
        elif kind <= 8:
            sentence = _filled(choice(_ZH_ROLE if is_chinese else _EN_ROLE), is_chinese)
        elif kind == 9:
            sentence = choice(('昨天去了趟{}。', '{}的人也问过。', '我以前在{}干过。') if is_chinese else (
                'Yesterday I was at {}.', '{} asked the same.', 'I used to work for {}.')).format(company(is_chinese))
        else:
            sentence = choice(('{}以前得交。', '这事拖到{}了。') if is_chinese else ('I have to hand it in by {}.', 'We talked about it on {}.')).format(date(is_chinese))
        if sentence not in sentences:
            sentences.append(sentence)
    return ('' if is_chinese else ' ').join(sentences)


def _talk_after(is_chinese):
    sentences = {_filled(choice(_ZH_AFTER if is_chinese else _EN_AFTER), is_chinese) for _ in range(choice((1, 1, 2)))}
    return ('' if is_chinese else ' ').join(sorted(sentences))


def telegram(names, is_chinese):
    """The names as a telegram asks for them: no sentence, hardly a mark."""
    opening = choice(_TELEGRAM_OPENINGS[is_chinese])
    return opening + (choice(('', ' ')) if is_chinese else ' ') + choice((' / ', ', ', ' + ', '; ') if not is_chinese else (' ', '、', '，', '／')).join(names)


def dialect(names):
    return choice(_DIALECT_OPENINGS) + choice(('、', '，', '跟', '，还有')).join(names) + choice(('', '呗', '哈', '，中不', '嘛', '，谢了啊'))


def unpunctuated(names):
    """Spoken Chinese as it comes from dictation."""
    text = choice(_SPOKEN_OPENINGS)
    for i, name in enumerate(names):
        text += (choice(_SPOKEN_BETWEEN) if i else '') + name
    return text + choice(('', '就这些', '谢谢啊', '好吧', '就行了', '啊'))


def with_slips(text, kept):
    """English as hurried or foreign writers type it: articles missing, letters swapped. `kept` are texts that the answer repeats; quotes are kept too."""
    kept_parts = [re.escape(part) for part in sorted(set(filter(None, kept)), key=len, reverse=True)]
    pattern = '|'.join(kept_parts + [r'"[^"\n]*"', r'“[^”\n]*”', r"'[^'\n]*'", r'`[^`\n]*`'])
    rate, without_articles = choice((.04, .08, .15)), chance(.6)
    parts = re.split(f'({pattern})', text)
    for i in range(0, len(parts), 2):
        piece = _SMALL.sub('', parts[i]) if without_articles else parts[i]
        parts[i] = re.sub(r'[A-Za-z]{4,}', lambda match: _slip(match[0]) if chance(rate) else match[0], piece)
    text = ''.join(parts)
    return text[:1].lower() + text[1:] if chance(.3) and not text.startswith(tuple(filter(None, kept)) or ('\0',)) else text


def _slip(word):
    if word.isupper() or word.lower() in ('json', 'null', 'none', 'colon', 'comma', 'line'):
        return word
    i, kind = randint(1, len(word) - 2), randint(1, 4)
    if kind == 1:
        return word[:i] + word[i + 1] + word[i] + word[i + 2:]
    if kind == 2:
        return word[:i] + word[i + 1:]
    return word[:i] + word[i] + word[i:] if kind == 3 else word.lower()
