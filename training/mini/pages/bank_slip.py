"""Proofs of bank transfers, Chinese and English: bank counters' and applications' receipts with payer, payee, amount, references."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, some
from ..lexicon import PLACES, cased, chinese, word, words
from ..sheet import Cell, Sheet
from ..values import chinese_company, company, date_form, day, money, person, price, time
from .parts_bills import amount_words, capital_amount, masked_card
from .parts_forms import pairs, prose

_BANKS = '中国工商银行|中国建设银行|中国农业银行|招商银行|中国银行|交通银行|中国民生银行|中信银行|浦发银行|兴业银行|平安银行|邮储银行|华夏银行|光大银行'.split('|')
_CHINESE_TITLES = '电子回单|网上银行电子回单|转账凭证|业务回单|客户专用回单|转账回执|付款回单|汇款回单|收款回单|电汇凭证|银行进账单|交易明细|转账成功|客户回单'.split('|')
_ENGLISH_TITLES = ('Transfer Receipt|Transaction Receipt|Payment Advice|Fund Transfer|Remittance Advice|DEPOSIT SLIP|Transfer Successful|'
                   'Payment Confirmation|TRANSFER ADVICE|Wire Transfer|e-Receipt').split('|')
_PURPOSES = '货款|工资|往来款|服务费|租金|报销|还款|采购款|押金|材料款|转账|学费|工程款|借款|生活费'.split('|')


def compose():
    sheet = Sheet(chance(.6), 'bank_slip')
    value = price() * choice((1, 1, 10, 100))
    bank = choice(_BANKS) if sheet.is_chinese else cased(word(),
                                                         choice('ut')) + ' ' + choice(('Bank', 'BANK BERHAD', 'Bank Islam', 'Savings Bank', 'Bank (M) Bhd',
                                                             'Trust'))
    heading = sheet.title('bank' if chance(.75) else None, bank, x=choice((.5, .5, .25)))
    if chance(.85):
        sheet.title('title', choice(_CHINESE_TITLES if sheet.is_chinese else _ENGLISH_TITLES))
    who, parties, facts = (_chinese if sheet.is_chinese else _english)(value)
    arrangement = choice(('columns', 'columns', 'stacked', 'stacked', 'amount first'))
    if arrangement == 'columns':
        reference = facts[:2]
        pairs(sheet, reference, choice(('grid', 'one')))
        _columns(sheet, who, parties)
        _facts(sheet, facts[2:])
    elif arrangement == 'stacked':
        _facts(sheet, facts[:3])
        for party in parties:
            pairs(sheet, party, choice(('one', 'two', 'right', 'grid')))
        _facts(sheet, facts[3:])
    else:
        _application(sheet, parties, facts)
    _foot(sheet, heading)
    return sheet


def _chinese_account():
    return digits(choice((16, 17, 19))) if chance(.7) else masked_card()


def _branch():
    return choice(_BANKS) + choice(('', choice(PLACES) + choice(('分行', '支行')), chinese(2, 3) + '支行', '股份有限公司' + choice(PLACES) + chinese(2, 2) + '支行'))


def _chinese(value):
    """What the parties are called, (payer, payee), facts: with wordings of Chinese banks."""
    payer, payee = choice((('付款人', '收款人'), ('付款方', '收款方'), ('汇款人', '收款人'), ('付款', '收款'), ('转出', '转入')))
    form = date_form(True)
    is_company = chance(.5)
    parties = []
    for who, prefix in ((payer, 'payer'), (payee, 'payee')):
        title = choice(('户名', '名称', '姓名', '全称'))
        parties.append([(prefix + 'name', who + title, chinese_company() if is_company or chance(.2) else person(True)),
                        (prefix + 'acct', who + choice(('账号', '帐号', '卡号', '账户')), _chinese_account()),
                        ('label:' + who + '开户行', who + choice(('开户行', '开户银行', '银行')), _branch())])
    currency = choice(('', '¥', '￥', 'CNY ', 'RMB', '人民币'))
    facts = some([('date', choice(('交易日期', '转账日期', '日期', '记账日期', '业务日期', '入账日期')), form(*day())),
                  ('refno', choice(('交易流水号', '回单编号', '电子回单号', '流水号', '交易序号', '凭证号', '业务编号')), choice((digits(randint(8, 22)), letters_digits(16)))),
                  ('time', choice(('交易时间', '时间', '转账时间')), time())], .85)
    facts += [('total', choice(('金额', '交易金额', '金额（小写）', '转账金额', '小写金额', '汇款金额', '金额(小写)', '付款金额')), currency + '|' + money(value))]
    facts += some([('totalcap', choice(('金额（大写）', '大写金额', '人民币（大写）', '金额(大写)', '大写')), capital_amount(value)),
                   ('currency', '币种', choice(('人民币', 'CNY', '人民币元', 'RMB'))),
                   ('purpose', choice(('用途', '摘要', '附言', '资金用途', '转账附言')), choice(_PURPOSES)),
                   ('fee', choice(('手续费', '费用', '手续费(元)')), choice(('0.00', '0.00', money(randint(1, 50))))),
                   ('type', choice(('业务类型', '交易类型', '业务种类', '交易渠道')), choice(('转账', '跨行转账', '网银互联', '行内转账', '大额支付', '手机银行', '同城汇款'))),
                   ('status', choice(('交易状态', '状态', '处理结果')), choice(('成功', '交易成功', '已入账', '银行已受理'))),
                   ('balance', choice(('余额', '账户余额', '可用余额')), money(price() * 10)),
                   ('remark', '备注', chinese(2, 6)), ('label:验证码', '验证码', letters_digits(randint(8, 12)))], .5)
    return (payer, payee), parties, facts


def _english(value):
    """As _chinese."""
    form = date_form(False)
    payer, payee = choice((('From', 'To'), ('Payer', 'Payee'), ('Sender', 'Beneficiary'), ('Remitter', 'Beneficiary'), ('Transfer From', 'Transfer To'),
                           ('Ordering Customer', 'Recipient')))
    parties = []
    for who, prefix in ((payer, 'payer'), (payee, 'payee')):
        bank = who + ' Bank'
        parties.append([(prefix + 'name', choice((who + ' Name', who, who + ' name')), person(False) if chance(.6) else company(False, 'u')),
                        (prefix + 'acct', choice((who + ' Account', who + ' A/C No', who + ' Account No.')),
                         choice((digits(randint(10, 14)), f'{digits(4)}-{digits(4)}-{digits(4)}', masked_card()))),
                        ('label:' + bank, bank, cased(word(), 't') + ' Bank')])
    currency = choice(('', 'RM', 'RM ', 'USD ', '$', 'MYR '))
    facts = some([('date', choice(('Date', 'Transaction Date', 'Transfer Date', 'Value Date', 'Effective Date')), form(*day())),
                  ('refno', choice(('Reference No', 'Ref No.', 'Transaction ID', 'Reference ID', 'Transaction Reference', 'Receipt No')),
                   choice((digits(randint(8, 14)), letters_digits(10)))),
                  ('time', choice(('Time', 'Transaction Time')), time())], .85)
    facts += [('total', choice(('Amount', 'Transfer Amount', 'Amount Transferred', 'Total Amount', 'Amount Paid', 'Payment Amount', 'AMOUNT')),
               currency + '|' + money(value))]
    facts += some([('amountwords', choice(('Amount in words', 'In words', 'Sum of')), amount_words(value)),
                   ('currency', 'Currency', choice(('MYR', 'USD', 'SGD', 'EUR'))),
                   ('purpose', choice(('Purpose', 'Description', 'Payment Details', 'Recipient Reference', 'Narration')), cased(words(1, 3))),
                   ('fee', choice(('Service Charge', 'Fee', 'Charges', 'Transfer Fee')), choice(('0.00', '0.50', '0.11', '2.00', '5.30'))),
                   ('type', choice(('Transaction Type', 'Type', 'Payment Type')),
                    choice(('Instant Transfer', 'IBG', 'Own Account', 'Wire', 'ACH', 'GIRO', 'DuitNow'))),
                   ('status', 'Status', choice(('Successful', 'Completed', 'Accepted', 'SUCCESS', 'Processed'))),
                   ('balance', choice(('Available Balance', 'Balance')), money(price() * 10))], .5)
    return (payer, payee), parties, facts


def _facts(sheet, triples):
    """Label/value pairs; the amount, whose currency is glued to it, is printed by itself."""
    plain = []
    for triple in triples:
        if triple[0] != 'total':
            plain.append(triple)
            continue
        pairs(sheet, plain, choice(('one', 'two', 'grid', 'right')))
        plain = []
        currency, amount = triple[2].split('|')
        sheet.style = choice(('one', 'two', 'right'))
        sheet.pair('total', triple[1], amount, glue=currency, size=choice((1, 1, 1.4)))
    pairs(sheet, plain, choice(('one', 'two', 'grid', 'right')))


def _columns(sheet, who, parties):
    """Payer and payee beside each other. Their labels are without the party, which stands above or at the left, from top to bottom."""
    downwards = sheet.is_chinese and chance(.5)
    short = [('户名', '名称', '全称'), ('账号', '帐号'), ('开户行', '开户银行')] if sheet.is_chinese else [('Name',), ('Account No', 'A/C No'), ('Bank',)]
    labels = [choice(group) for group in short]
    if not downwards:
        sheet.row((who[0], .02), (who[1], .52))
    apart = chance(.4)
    for i, pair in enumerate(zip(*parties)):
        cells = []
        for side, (key, _, value) in enumerate(pair):
            left = .02 + .5 * side
            value = sheet.seen(value)
            sheet.put(key, value, who[side] + labels[i])
            if downwards and i < len(who[side]):
                cells.append(Cell(who[side][i], left))
            left += .05 if downwards else 0
            cells += [Cell(labels[i], left), Cell(value, left + .11)] if apart else [Cell(labels[i] + sheet.separator + value, left)]
        sheet.row(*cells)


def _application(sheet, parties, facts):
    """A banking application's page: the amount large on top, then everything label left, value right."""
    total = next(triple for triple in facts if triple[0] == 'total')
    currency, amount = total[2].split('|')
    amount = sheet.seen(amount)
    sheet.put('total', amount)
    status = choice(('转账成功', '交易成功', '汇款已受理')) if sheet.is_chinese else choice(('Successful', 'Transfer Complete', 'Done!'))
    sheet.row((status, .5, 'c'))
    sheet.row((currency + amount, .5, 'c', 2))
    rest = [triple for party in parties for triple in party] + [triple for triple in facts if triple[0] != 'total']
    if chance(.3):
        shuffle(rest)
    pairs(sheet, rest, choice(('right', 'right', 'two')))


def _foot(sheet, bank):
    if sheet.is_chinese:
        texts = ('重要提示：本回单不作为收款方发货依据', '电子回单专用章', f'打印次数：{randint(1, 3)}', '此回单以客户真实交易为依据', '经办：' + digits(4), bank + '业务专用章')
    else:
        texts = ('This is a computer generated receipt', 'Note: this receipt is for reference only', 'Thank you for banking with us', 'Member of PIDM',
                 'No signature is required')
    for text in some(texts, .25):
        sheet.row((sheet.seen(text), choice((.02, .5))))
    if chance(.1):
        prose(sheet, 1, 2)
