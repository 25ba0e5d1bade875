"""First pages of contracts: parties, terms in prose, sums and dates in sentences, signature blocks."""
from ..chance import chance, choice, digits, randint, uniform
from ..lexicon import PLACES, cased, chinese, words
from ..sheet import Sheet
from ..values import chinese_name, company, date_form, day, email, money, price
from .known_fields import known, value_of
from .parts_common import either, extras, sentence
from .parts_forms import pairs, prose

_ROLES = {
    True: (('甲方', '乙方'), ('甲 方', '乙 方'), ('甲方（出租方）', '乙方（承租方）'), ('委托方（甲方）', '受托方（乙方）'), ('甲方（买方）', '乙方（卖方）'), ('买方', '卖方'), ('发包方', '承包方'), ('出租人', '承租人'),
           ('甲方（用人单位）', '乙方（劳动者）'), ('转让方', '受让方'), ('采购方', '供应方')),
    False: (('Party A', 'Party B'), ('Client', 'Contractor'), ('First Party', 'Second Party'), ('Buyer', 'Seller'), ('Landlord', 'Tenant'),
            ('Lessor', 'Lessee'), ('Employer', 'Employee'), ('Customer', 'Service Provider'))}
_NUMERALS = '一二三四五六七八九十'
_TITLES = ('合同|协议书|服务合同|租赁合同|采购合同|购销合同|施工合同|劳动合同|技术服务协议|保密协议|委托协议', 'Agreement|Contract|Service Agreement|Lease Agreement|Purchase Contract|'
           'Employment Contract')


def compose():
    sheet = Sheet(chance(.7), 'contract')
    is_chinese = sheet.is_chinese
    title = either(is_chinese, *_TITLES)
    if chance(.93):
        sheet.title('title', (chinese(2, 4) if chance(.6) else '') + title if is_chinese else f'{cased(words(1, 2), "t")} {title}' if chance(.6)
                    else cased(title, choice('ut')))
    roles = choice(_ROLES[is_chinese])
    _head(sheet, roles)
    if chance(.7):
        opening = either(is_chinese, '根据《中华人民共和国民法典》及有关法律规定，双方在平等自愿的基础上，经协商一致，订立本合同。|甲乙双方本着互利原则，就以下事项达成如下协议：',
                         'This agreement is made between the parties named above.|The parties hereby agree as follows:|'
                         'WHEREAS the parties wish to cooperate on the terms below,')
        sentence(sheet, sheet.seen(opening))
    clauses = [_subject, _sum, _term, _filler, _filler, _signing_sentence]
    number, numbered = 1, _clause_form(is_chinese)
    for clause in clauses:
        if chance(.62):
            clause(sheet, numbered(number))
            number += 1
    if chance(.4):
        _signatures(sheet, roles)
    return sheet


def _party(is_chinese):
    if is_chinese:
        return company(True) if chance(.75) else chinese_name()
    return company(False, 't')


def _head(sheet, roles):
    """Number, parties and their particulars."""
    is_chinese = sheet.is_chinese
    labels = {'ctno': '合同编号|编号|合同号|协议编号' if is_chinese else 'Contract No.|Agreement No|Ref. No.', 'pa': roles[0], 'pb': roles[1],
              'sign': '签订日期|签署日期|签订时间|签约日期' if is_chinese else 'Date|Effective Date|Signed on|Dated',
              'place': '签订地点|签署地|签约地点' if is_chinese else 'Place|Place of Signing', 'proj': '项目名称|工程名称' if is_chinese else 'Project|Re',
              'rep': '法定代表人|代表人|授权代表' if is_chinese else 'Representative|Represented by',
              'phone': '联系电话|电话' if is_chinese else 'Phone|Tel', 'address': '地址|住所' if is_chinese else 'Address|Registered office',
              'creditcode': '统一社会信用代码|信用代码' if is_chinese else 'Company No.|Reg. No.',
              'idno': '身份证号|证件号' if is_chinese else 'IC No.|Passport', 'email': '邮箱' if is_chinese else 'Email'}
    values = {'ctno': value_of('code', is_chinese) if chance(.7) else f'{choice(("HT", "CT", "XS", "ZL"))}-20{digits(2)}-{digits(randint(3, 5))}',
              'pa': _party(is_chinese), 'pb': _party(is_chinese), 'sign': value_of('date', is_chinese),
              'place': choice(PLACES) + choice(('市', '')) + chinese(2, 2) + '区' if is_chinese else cased(words(1, 2), 't'),
              'proj': chinese(4, 8) + choice(('项目', '工程', '')) if is_chinese else cased(words(2, 3), 't'), 'email': email()}
    numbers = known(is_chinese, 'ctno sign place proj', .6, .5, values, labels)
    first = known(is_chinese, 'pa rep address phone creditcode', .55, 0, values, labels)
    second = known(is_chinese, 'pb', .97, 0, values, labels) + known(is_chinese, 'idno email', .15, 0, values, labels)
    if not any(key == 'pa' for key, _, _ in first):
        first.insert(0, ('pa', roles[0], values['pa']))
    if chance(.15):
        second += extras(sheet, 2, numbers + first + second)
    layout = choice(('one', 'one', 'two', 'above', None))
    if chance(.6):
        pairs(sheet, numbers, choice((layout, 'one', 'grid')), *choice(((.02, .96), (.55, .43))))
        pairs(sheet, first + second, layout)
    else:
        pairs(sheet, first + second + numbers, layout)


def _clause_form(is_chinese):
    """One way to number clauses, to be kept on a page."""
    if is_chinese:
        return choice((lambda n: f'第{_NUMERALS[n - 1]}条 ', lambda n: f'{_NUMERALS[n - 1]}、', lambda n: f'{n}. ', lambda n: f'{n}、'))
    return choice((lambda n: f'{n}. ', lambda n: f'Article {n}. ', lambda n: f'{n}) '))


def _subject(sheet, number):
    text = f'{number}{chinese(3, 6)}，乙方负责{chinese(3, 8)}{chinese(2, 6)}。' if sheet.is_chinese else f'{number}Scope. The second party shall {words(5, 12)}.'
    sentence(sheet, sheet.seen(text))


def _filler(sheet, number):
    if chance(.3):
        prose(sheet)
    elif sheet.is_chinese:
        heading = choice(('违约责任', '保密条款', '争议解决', '双方权利义务'))
        sentence(sheet, sheet.seen(f'{number}{heading}：{chinese(4, 8)}{chinese(4, 8)}，逾期一天按{randint(1, 9)}‰支付违约金，{chinese(4, 8)}。'))
    else:
        heading = choice(('Confidentiality', 'Termination', 'Liability', 'Disputes'))
        sentence(sheet, sheet.seen(f'{number}{heading}. {cased(words(8, 18), "a")} within {randint(3, 60)} days.'))


def _sum(sheet, number):
    is_chinese = sheet.is_chinese
    value = money(price() * choice((10, 100, 1000)), chance(.65))
    share = f'{choice((10, 20, 30, 50))}%'
    if is_chinese:
        before = either(True, '合同总金额为人民币|本合同价款总计|服务费用共计人民币|合同金额：|租金总额为人民币', '') + choice(('¥', '', '￥'))
        sentence(sheet, sheet.seen(number + before), ('amt', value, None), choice(('元。', '元整。', f'元，甲方于签订后{randint(3, 15)}日内支付{share}。', '元（含税）。')))
    else:
        before = either(False, '', 'The total contract amount is |The contract price shall be |Total fee: |The buyer shall pay the sum of ') + choice(('USD ',
            '$', 'RM', 'RM '))
        sentence(sheet, sheet.seen(number + before).rstrip() + (' ' if before.endswith(' ') else ''), ('amt', value, None),
                 choice(('.', f', of which {share} is payable on signing.', ' inclusive of tax.')))
    if chance(.25):
        label, value = either(is_chinese, '押金|履约保证金|定金', 'Deposit|Security deposit'), money(price() * 10)
        sentence(sheet, (label + ('：' if is_chinese else ': ')), ('deposit', value, label), '元' if is_chinese else '')


def _term(sheet, number):
    """The period as one value, its first and last day as two more."""
    is_chinese = sheet.is_chinese
    form, (year, month, first) = date_form(is_chinese), day()
    start, end = sheet.seen(form(year, month, first)), sheet.seen(form(year + randint(1, 5), month, first))
    between = choice(('至', '起至', ' 至 ')) if is_chinese else choice((' to ', ' until ', ' - '))
    before = either(is_chinese, '合同期限：|本合同有效期自|服务期限为|租赁期限自', 'Term: |This agreement is valid from |The term runs from |Contract period: ')
    after = choice(('止。', '。')) if is_chinese else '.'
    if chance(.75):
        sheet.put('term', start + between + end)
        sheet.put('startdate', start)
        sheet.put('enddate', end)
        sentence(sheet, f'{number}{before}{start}{between}{end}{after}')
    else:
        value = sheet.seen(value_of('duration', is_chinese))
        sentence(sheet, f'{number}{"合同期限为" if is_chinese else "The term of this agreement is "}', ('term', value, None), after)


def _signing_sentence(sheet, number):
    """Number of copies; sometimes the day of signing, where the head has none."""
    is_chinese = sheet.is_chinese
    if 'sign' not in sheet.fields and chance(.5):
        when = sheet.seen(value_of('date', is_chinese))
        sheet.put('sign', when)
        sentence(sheet, f'{number}本合同于{when}签订，一式{choice("两三四")}份。' if is_chinese else f'{number}Signed on {when} in {choice(("two", "three"))} copies.')
    else:
        sentence(sheet, sheet.seen(f'{number}本合同一式{choice("两三四")}份，双方各执一份，自签字盖章之日起生效。' if is_chinese
                                   else f'{number}Made in {choice(("two", "three"))} original copies.'))


def _signatures(sheet, roles):
    """Two columns: who signs, with names or lines left empty."""
    is_chinese = sheet.is_chinese
    seal = either(is_chinese, '（盖章）：|（签章）：|（签字）：|：', ' (signature): |: | signed by: ')
    x = choice((.5, .55))
    sheet.row((roles[0] + seal + (sheet.fields.get('pa', '') if chance(.4) else ''), .02), (roles[1] + seal + (sheet.fields.get('pb',
        '') if chance(.4) else ''), x), gap=1.5)
    if chance(.6):
        label = either(is_chinese, '代表（签字）：|法定代表人：|授权代表：', 'Name: |Title: |By: ')
        sheet.row((label, .02), (label, x))
    if chance(.5):
        when = sheet.fields.get('sign', '')
        label = either(is_chinese, '日期：|签订日期：', 'Date: ')
        sheet.row((label + (when if chance(.5) else '    年  月  日' if is_chinese else '________'), .02), (label + when if chance(uniform(.2, .5)) else label, x))
