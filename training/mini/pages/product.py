"""Product pages and shelf cards: what it is, what it costs, its particulars."""
from ..chance import chance, choice, letters_digits, randint, shuffle, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from ..values import price
from .known_fields import known
from .parts_common import either, extras, footer, price_form
from .parts_forms import pairs, prose

_PARTICULARS = ('brand model origin weight stock rating exe mfg color size material '
                'capacity sku barcode shelflife maker storage type netweight ingredients category')


def compose():
    sheet = Sheet(chance(.6), 'product')
    (_shelf_card if chance(.4) else _page)(sheet)
    return sheet


def _name(sheet, size, x=.02, align='l'):
    text = chinese(4, 8) + choice(('', ' ' + letters_digits(4), chinese(2, 4), f'{randint(1, 900)}g')) if sheet.is_chinese else cased(words(2, 4),
        choice('ttu'))
    if chance(.25):
        sheet.lines('product', text, x, align, randint(6, 10) if sheet.is_chinese else randint(12, 20), size)
    else:
        sheet.title('product', text, size, x, align)


def _currency(sheet):
    return choice(('¥', '￥', '¥ ', '') if sheet.is_chinese else ('$', 'RM', 'RM ', '€', '£'))


def _prices(sheet, large, x=.02):
    """The price, often bare and large, and what it was before."""
    currency, printed, cost = _currency(sheet), price_form(), price()
    unit = either(sheet.is_chinese, '||元|/件|元/袋|元/500g', '||| /pc| each|/kg') if chance(.4) else ''
    before = f'{printed(cost * choice((1.1, 1.25, 1.5, 2)) + 1)}'
    shown = sheet.seen(printed(cost))
    old_first = chance(.25)
    has_old = chance(.45)
    sheet.style = choice(('one', 'one', 'two'))

    def old():
        label = either(sheet.is_chinese, '原价|市场价|零售价|吊牌价|划线价', 'Was|List Price|RRP|Original price|Reg. Price')
        if has_old:
            sheet.pair('oprice', label, before, x, x + .2, glue=currency)

    if old_first:
        old()
    label = either(sheet.is_chinese, '价格|售价|现价|促销价|会员价|到手价|单价|特价', 'Price|Now|Our price|Sale price|Special|Member price')
    if chance(.55):
        sheet.put('price', shown)
        sheet.row((currency + shown + unit, x, 'l', large))
    else:
        sheet.pair('price', label, shown, x, x + .25, choice((1, large)), glue=currency)
    if not old_first:
        old()


def _page(sheet):
    """As an online shop shows it."""
    is_chinese = sheet.is_chinese
    blocks = [lambda: _name(sheet, choice((1.2, 1.6))), lambda: _prices(sheet, choice((1.5, 2)))]
    if chance(.2):
        shuffle(blocks)
    for block in blocks:
        block()
    if chance(.35):
        sheet.row((sheet.seen(either(is_chinese, '月销1000+|包邮|7天无理由退换|好评如潮|限时秒杀|满200减20|已售2.3万', 'Free shipping|In stock|Best seller|20% OFF|'
                                     '4.5 out of 5 stars')), .02))
    if chance(.3):
        sheet.row((either(is_chinese, '商品参数|产品参数|规格参数|商品详情', 'Specifications|Product details|Details|About this item'), .02, 'l', 1.2))
    particulars = known(is_chinese, _PARTICULARS, uniform(.2, .5))
    particulars += extras(sheet, 4, particulars)
    pairs(sheet, particulars)
    if chance(.35):
        prose(sheet)
    footer(sheet, '加入购物车|立即购买|收藏|客服|店铺', 'Add to cart|Buy now|Wishlist|Share')


def _shelf_card(sheet):
    """As it hangs at a shelf: few lines, a large price."""
    is_chinese = sheet.is_chinese
    if chance(.3):
        sheet.row((sheet.seen(either(is_chinese, '特价|今日特惠|新品|会员专享|促销|商品标价签|惊爆价', 'SPECIAL|SALE|NEW|PROMO|2 for 1|Price drop')), .5, 'c', choice((1, 1.5))))
    particulars = known(is_chinese, 'origin unit sku barcode grade size brand netweight validuntil', .5,
                        labels={'unit': '计价单位|单位' if is_chinese else 'Unit', 'size': '规格' if is_chinese else 'Size',
                                'sku': '编码|货号|商品编号' if is_chinese else 'SKU|Item #|PLU'})
    blocks = [lambda: _name(sheet, choice((1.2, 1.6)), *choice(((.02, 'l'), (.5, 'c')))), lambda: _prices(sheet, choice((2, 2.6)), choice((.02, .4, .6))),
              lambda: pairs(sheet, particulars, choice(('one', 'grid', 'grid', 'two', 'grid_two')))]
    if chance(.5):
        blocks[1], blocks[2] = blocks[2], blocks[1]
    for block in blocks:
        block()
    if chance(.25):
        sheet.row((sheet.seen(either(is_chinese, '物价员|监督电话12315|价格举报电话：12315', 'While stocks last|Price per unit shown')), .02, 'l', .8))
