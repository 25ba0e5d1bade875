"""What kind of page it is."""
from ..chance import chance, choice, randint, sample, shuffle
from .phrases import dressed, pick

# family: (Chinese, English); one word each, so that the answer is certain.
FAMILY_WORDS = {
    'receipt_english': ('购物小票', 'receipt'), 'receipt_chinese': ('购物小票', 'receipt'), 'invoice_chinese': ('发票', 'invoice'), 'invoice_english': ('发票', 'invoice'),
    'utility_bill': ('缴费账单', 'utility bill'), 'bank_slip': ('银行回单', 'bank slip'), 'parking': ('停车票', 'parking ticket'), 'hotel': ('酒店账单', 'hotel bill'),
    'menu': ('菜单', 'menu'), 'food_order': ('外卖订单', 'food order'), 'shop_order': ('网购订单', 'online order'), 'product': ('商品页', 'product page'),
    'package_label': ('包装标签', 'package label'), 'nameplate': ('铭牌', 'nameplate'), 'lab': ('化验单', 'lab report'), 'prescription': ('处方', 'prescription'),
    'contract': ('合同', 'contract'), 'licence': ('证照', 'licence'), 'form': ('表格', 'form'), 'table': ('数据表', 'table'), 'order_table': ('订单表', 'order table'),
    'chat': ('聊天记录', 'chat'), 'waybill': ('快递单', 'waybill'), 'ticket': ('票', 'ticket'), 'card': ('名片', 'business card'),
                'delivery_note': ('送货单', 'delivery note')}
_VAGUE = ('form', 'table', 'ticket', 'licence')  # other families look like these: only asked among given choices that are far from them
_SURE = [family for family in FAMILY_WORDS if family not in _VAGUE]


def document_choice(sheet, is_chinese):
    """(the right word, all words to choose from), or None."""
    if sheet.family not in _SURE:
        return None
    right = FAMILY_WORDS[sheet.family][not is_chinese]
    others = {FAMILY_WORDS[family][not is_chinese] for family in _SURE} - {right}
    words = sample(sorted(others), randint(1, 5)) + [right]
    shuffle(words)
    return right, words


def ask_document(sheet, is_chinese):
    chosen = document_choice(sheet, is_chinese)
    if not chosen:
        return None
    right, words = chosen
    if chance(.5) and 'title' not in sheet.fields:  # a page with a title could answer with that
        question = pick(is_chinese, ('这是什么单据？', '图中是什么类型的文件？', '这张图是什么？', '请判断文档类型', '这是哪一类单据', '这是什么东西的照片？', '文件种类？'),
                        ('What kind of document is this?', 'Which type of document is it?', 'What is this?', 'Document type?', 'Classify this document',
                         'What am I looking at?'))
    else:
        listed = choice(('、', '/', '，') if is_chinese else (', ', ' / ', ' | ')).join(words)
        question = pick(is_chinese, ('这是以下哪一种：{}？', '从{}中选择文档类型', '分类（{}）：', '判断图片属于哪一类：{}', '文档类型是{}中的哪个？'),
                        ('Which of these is it: {}?', 'Classify the document as one of: {}', 'Choose the document type ({})', 'Is this one of {}? Name it.',
                         'Type of page, one of {}:')).format(listed)
    return dressed(question, is_chinese), right, 'document'
