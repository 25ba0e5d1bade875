"""Names put together from parts: who sells × what of it, which sum × which word for money. A list of names, however long, is learnt by heart; of these there are
thousands, so that a model has to take a name apart. Names that are held out (concepts.json) are left out, though their parts may occur."""
from ..chance import chance, choice
from . import concepts

_SHARE = .22  # of the names of a field that can be composed

_SELLERS = ('store shop merchant vendor seller retailer business company firm outlet establishment supplier dealer trader issuer restaurant organisation '
            'enterprise shopkeeper branch').split() + ['selling company', 'billing company', 'business entity', 'issuing company', 'service provider', 'trading firm']
_SELLERS_ZH = ('店 商店 商家 商户 门店 店铺 卖家 卖方 销售方 开票方 开单方 出票方 收款方 收款单位 售货方 经营者 店家 商铺 机构 企业 公司 单位 销货方 供货方 出售方 经销商 开票单位 开具单位 销售单位 售卖方 '
               '消费场所 消费门店 消费商家 所在门店 商号').split()
_NAMES = ('{} name', '{} name', "{}'s name", 'name of {}', 'name of the {}', 'full {} name', 'printed {} name', 'official {} name', '{} (name)', 'the {}', 'which {}',
          '{} named on top', 'who the {} is', 'what the {} is called', '{} in full', '{} as printed', 'title of the {}', 'registered {} name')
_NAMES_ZH = ('{}名称', '{}名称', '{}名', '{}的名字', '{}名字', '{}全称', '{}全名', '{}的称呼', '{}抬头', '{}是谁', '是哪个{}', '{}叫什么', '{}（名称）', '{}正式名称', '{}完整名称', '{}大名', '{}的全称', '本{}名称', '{}标识')
_ADDRESSES = ('{} address', '{} address', "{}'s address", 'address of {}', 'address of the {}', 'full {} address', '{} street address', '{} location', 'location of the {}',
              '{} position', 'where the {} is', 'where the {} is situated', 'the {} is located at', '{} is found at', 'site of the {}', '{} premises', '{} postal address',
              'place of the {}', 'physical {} address', '{} address as printed', '{} address (full)', 'street and town of the {}', 'complete address of the {}', 'seat of the {}')
_ADDRESSES_ZH = ('{}地址', '{}地址', '{}的地址', '{}详细地址', '{}所在地', '{}位置', '{}所在位置', '{}完整地址', '{}在哪里', '{}在哪', '{}坐落位置', '{}坐落于', '{}所处位置', '{}地点', '{}的位置', '{}具体地址', '{}位于何处', '{}门牌地址',
                 '{}经营地址', '{}住所', '{}地址（完整）', '{}落址')
_OCCASIONS = ('transaction purchase sale receipt bill invoice issue issuing billing payment printing shopping document ticket checkout trade buying voucher slip').split()
_DATES = ('{} date', '{} date', 'date of {}', 'date of the {}', 'day of {}', 'day of the {}', '{} day', '{} dated', 'the date of {}', 'calendar date of the {}', '{} date as printed',
          '{} date (no time)', 'when the {} took place', 'day, month and year of the {}', 'on which day the {} was', '{} happened on', 'recorded {} date')
_OCCASIONS_ZH = ('交易 消费 购买 购物 销售 开票 开单 开具 出票 出单 结账 结算 付款 支付 收银 打印 小票 单据 票据 账单 发票 票面 买卖 收款 买单 成单 制票 单子 凭证').split()
_DATES_ZH = ('{}日期', '{}日期', '{}的日期', '{}日', '{}年月日', '{}那天', '{}当天', '{}的日子', '{}是哪天', '{}发生日期', '{}在哪天', '{}的年月日', '何日{}', '{}日期（年月日）', '{}时日', '{}的那一天')
_WHOLE = ('total', 'final', 'overall', 'grand total', 'whole', 'complete', 'entire', 'full', 'total payable', 'final payable', 'total bill', 'closing', 'total receipt',
          'total purchase', 'total invoice', 'settled', 'total due', 'ultimate', 'all-inclusive')
_SUMS = ('{} amount', '{} amount', '{} sum', '{} price', '{} cost', '{} charge', '{} value', '{} figure', '{} amount paid', '{} amount due', '{} amount to pay', '{} payment',
         '{} amount incl. tax', '{} amount (tax included)', '{} money', '{} sum to be paid', 'the {} amount', '{} amount on the paper', '{} amount charged', '{} settlement')
_WHOLE_ZH = ('总 总共 最终 实际 全部 整单 本单 本次 账单 小票 应付 实付 支付 结算 结账 付款 含税 最后 合计 总计 消费总 应付总 实付总 账单总 小票总 订单总 整笔 全单 最终应付 最终实付 最终支付 总支付 应结').split()
_SUMS_ZH = ('{}金额', '{}金额', '{}金额', '{}款项', '{}费用', '{}价格', '{}钱数', '{}数额', '{}款额', '{}花费', '{}开销', '{}价钱', '{}金额（元）', '{}金额（含税）', '{}多少钱', '{}的钱', '{}款')
_BUYERS, _BUYERS_ZH = ('buyer purchaser customer client payer recipient'.split() + ['buying company', 'purchasing company', 'billed party'],
                       '购买方 购方 买方 买家 购货方 购货单位 购买单位 受票方 付款方 采购方 客户'.split())
_TAXED = 'seller vendor supplier issuer'.split() + ['selling company', 'issuing company'], '销售方 销方 卖方 卖家 销货方 开票方 销售单位 开票单位 供货方 出售方 收款方'.split()
_TAX_NUMBERS = ('{} tax number', "{}'s tax number", '{} tax id', 'tax id of the {}', '{} vat number', '{} taxpayer number', '{} tin', 'tax registration of the {}', '{} tax code', '{} tax no.',
                "{}'s taxpayer identification number")
_TAX_NUMBERS_ZH = ('{}税号', '{}税号', '{}纳税人识别号', '{}纳税识别号', '{}统一社会信用代码', '{}信用代码', '{}识别号', '{}的税号', '{}纳税号', '{}税务登记号', '{}社会信用代码/税号')
_BANKS = ("{}'s bank", '{} bank and account', 'bank account of the {}', '{} bank details', '{} bank'), ('{}开户行', '{}开户银行', '{}开户行及账号', '{}银行账号', '{}的开户行', '{}银行信息')
_PAPERS = 'receipt invoice bill document ticket slip voucher transaction'.split(), '小票 单据 票据 发票 收据 账单 凭证 交易 流水'.split()
_NUMBERS = (('{} number', '{} no.', '{} no', '{} #', '{} id', '{} code', 'number of the {}', '{} serial', '{} reference number', "{}'s number"),
            ('{}号', '{}号码', '{}编号', '{}单号', '{}序号', '{}的编号', '{}的号码', '{}编码'))
_PHONES = (('{} phone', '{} phone number', '{} telephone', "{}'s phone", 'telephone of the {}', '{} tel', '{} contact number', 'number to call the {}', '{} hotline'),
           ('{}电话', '{}的电话', '{}联系电话', '{}电话号码', '{}座机', '{}联系方式', '{}服务电话', '{}热线'))
_TAXES = 'tax gst vat sst'.split() + ['sales tax', 'goods tax', 'consumption tax'], '税 增值税 消费税 销售税 服务税 税费'.split()
_AMOUNTS = (('{} amount', 'amount of {}', '{} charged', '{} total', 'total {}', '{} sum', '{} paid', '{} in money', 'how much {}', '{} on the bill'),
            ('{}金额', '{}额', '{}款', '{}合计', '{}总额', '{}多少', '{}的金额', '收取的{}', '{}钱', '{}数额'))

_PARTS = {
    'company': ((_SELLERS, _SELLERS_ZH), (_NAMES, _NAMES_ZH)), 'address': ((_SELLERS, _SELLERS_ZH), (_ADDRESSES, _ADDRESSES_ZH)),
    'date': ((_OCCASIONS, _OCCASIONS_ZH), (_DATES, _DATES_ZH)), 'total': ((_WHOLE, _WHOLE_ZH), (_SUMS, _SUMS_ZH)),
    'phone': ((_SELLERS, _SELLERS_ZH), _PHONES), 'invno': (_PAPERS, _NUMBERS), 'tax': (_TAXES, _AMOUNTS),
    'sellname': (_TAXED, (_NAMES, _NAMES_ZH)), 'selltax': (_TAXED, (_TAX_NUMBERS, _TAX_NUMBERS_ZH)), 'selladdr': (_TAXED, (_ADDRESSES, _ADDRESSES_ZH)), 'sellbank': (_TAXED, _BANKS),
    'buyname': ((_BUYERS, _BUYERS_ZH), (_NAMES, _NAMES_ZH)), 'buytax': ((_BUYERS, _BUYERS_ZH), (_TAX_NUMBERS, _TAX_NUMBERS_ZH)),
    'buyaddr': ((_BUYERS, _BUYERS_ZH), (_ADDRESSES, _ADDRESSES_ZH)), 'buybank': ((_BUYERS, _BUYERS_ZH), _BANKS)}

# Their names say whose they are, whatever else is on the page.
CERTAIN = frozenset(key for key in _PARTS if key.startswith(('sell', 'buy')))


def compose(key, is_chinese):
    """A name of the field put together from parts, or '' where it has none or now and then."""
    if key not in _PARTS or not chance(_SHARE):
        return ''
    subjects, forms = _PARTS[key]
    name = choice(forms[is_chinese]).format(choice(subjects[is_chinese]))
    return '' if concepts.plain(name) in concepts.HELD else name
