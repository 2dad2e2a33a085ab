// Firms and people that the demo deals with, all invented. Each list is dealt round, so a place in it means nothing.
export interface Firm {
  readonly name: string;
  /** Of its site and its addresses, below `.test`. */
  readonly domain: string;
  readonly city: string;
  readonly industry: string;
  readonly size: 'large' | 'medium' | 'small' | 'soleTrader';
}

const firm = (name: string, domain: string, city: string, industry: string, size: Firm['size']): Firm => ({
  name,
  domain,
  city,
  industry,
  size,
});

export const chineseFirms: readonly Firm[] = [
  firm('梧桐里咖啡馆', 'wutongli', '上海', 'retail', 'small'),
  firm('静安云舍酒店', 'yunshe', '上海', 'services', 'medium'),
  firm('半山书店', 'banshan', '杭州', 'retail', 'small'),
  firm('江南设计院', 'jiangnan-design', '苏州', 'construction', 'large'),
  firm('青禾儿童教育', 'qinghe-edu', '南京', 'education', 'medium'),
  firm('海棠轻食', 'haitang', '上海', 'retail', 'soleTrader'),
  firm('听松茶舍', 'tingsong', '杭州', 'services', 'small'),
  firm('远帆软件', 'yuanfan', '深圳', 'technology', 'medium'),
  firm('一隅共享办公', 'yiyu', '上海', 'services', 'medium'),
  firm('知味面包房', 'zhiwei', '宁波', 'retail', 'small'),
  firm('万和口腔门诊', 'wanhe', '无锡', 'health', 'small'),
  firm('北岸影像工作室', 'beian', '北京', 'services', 'small'),
  firm('朴宿民宿', 'pusu', '莫干山', 'services', 'small'),
  firm('晨曦健身', 'chenxi', '上海', 'health', 'medium'),
  firm('长风律师事务所', 'changfeng', '上海', 'services', 'medium'),
  firm('九号仓库展厅', 'jiuhao', '广州', 'services', 'small'),
  firm('甜野甜品店', 'tianye', '成都', 'retail', 'small'),
  firm('明德小学', 'mingde', '南京', 'education', 'large'),
  firm('云图测绘', 'yuntu', '武汉', 'technology', 'medium'),
  firm('三里花园餐厅', 'sanli', '北京', 'services', 'small'),
  firm('恒丰纺织', 'hengfeng', '绍兴', 'manufacturing', 'large'),
  firm('木心家具', 'muxin', '佛山', 'manufacturing', 'medium'),
  firm('海岸线旅行社', 'haianxian', '厦门', 'services', 'small'),
  firm('拾光花店', 'shiguang', '上海', 'retail', 'soleTrader'),
  firm('蓝鲸游泳馆', 'lanjing', '青岛', 'health', 'medium'),
  firm('凡人剧场', 'fanren', '上海', 'services', 'small'),
  firm('数里智能', 'shuli', '深圳', 'technology', 'small'),
  firm('悦读图书馆', 'yuedu', '苏州', 'government', 'medium'),
  firm('老街坊早餐', 'laojiefang', '上海', 'retail', 'soleTrader'),
  firm('金石建筑', 'jinshi', '合肥', 'construction', 'medium'),
];

export const englishFirms: readonly Firm[] = [
  firm('Riverbank Café', 'riverbank', 'Hong Kong', 'retail', 'small'),
  firm('The Copper Kettle', 'copperkettle', 'Shanghai', 'retail', 'small'),
  firm('Hotel Meridian Bund', 'meridian-bund', 'Shanghai', 'services', 'large'),
  firm('Paper & Pine Bookshop', 'paperpine', 'Singapore', 'retail', 'small'),
  firm('Northlight Architects', 'northlight', 'Hong Kong', 'construction', 'medium'),
  firm('Bluebird Bakery', 'bluebird', 'Shanghai', 'retail', 'small'),
  firm('Harbour Yoga Studio', 'harbouryoga', 'Hong Kong', 'health', 'small'),
  firm('Kestrel Software', 'kestrel', 'Singapore', 'technology', 'medium'),
  firm('Willow International School', 'willow-school', 'Suzhou', 'education', 'large'),
  firm('Oak Table Kitchen', 'oaktable', 'Beijing', 'services', 'small'),
  firm('Fairweather Travel', 'fairweather', 'Hong Kong', 'services', 'small'),
  firm('Junction Coworking', 'junction', 'Shanghai', 'services', 'medium'),
  firm('Little Finch Nursery', 'littlefinch', 'Shanghai', 'education', 'small'),
  firm('Atlas Freight', 'atlasfreight', 'Ningbo', 'services', 'large'),
  firm('Greenline Clinics', 'greenline', 'Shanghai', 'health', 'medium'),
  firm('Saffron & Sage', 'saffronsage', 'Shenzhen', 'services', 'small'),
  firm('Tinker Lane Hardware', 'tinkerlane', 'Hong Kong', 'retail', 'soleTrader'),
  firm('Moss Street Gallery', 'mossstreet', 'Beijing', 'services', 'small'),
  firm('Quarry Stone Works', 'quarrystone', 'Xiamen', 'manufacturing', 'medium'),
  firm('Sparrow Films', 'sparrowfilms', 'Shanghai', 'services', 'small'),
  firm('Tidewater Lofts', 'tidewater', 'Qingdao', 'services', 'medium'),
  firm('Ember Pizza', 'ember', 'Shanghai', 'retail', 'small'),
  firm('Longview Research', 'longview', 'Singapore', 'services', 'medium'),
  firm('Plum Street Deli', 'plumstreet', 'Hong Kong', 'retail', 'small'),
  firm('Stride Physiotherapy', 'stride', 'Shanghai', 'health', 'small'),
];

export interface Person {
  readonly name: string;
  /** Local part of an address. */
  readonly mailbox: string;
}
const person = (name: string, mailbox: string): Person => ({ name, mailbox });

export const chinesePeople: readonly Person[] = [
  person('李雷', 'lilei'),
  person('韩梅梅', 'hanmeimei'),
  person('张伟', 'zhangwei'),
  person('刘洋', 'liuyang'),
  person('赵敏', 'zhaomin'),
  person('周杰', 'zhoujie'),
  person('吴倩', 'wuqian'),
  person('孙浩', 'sunhao'),
  person('徐丽', 'xuli'),
  person('朱琳', 'zhulin'),
  person('高翔', 'gaoxiang'),
  person('林夏', 'linxia'),
  person('何静', 'hejing'),
  person('郭涛', 'guotao'),
  person('马超', 'machao'),
  person('罗兰', 'luolan'),
  person('梁宇', 'liangyu'),
  person('欧阳慧', 'ouyanghui'),
  person('谢婷', 'xieting'),
];

export const englishPeople: readonly Person[] = [
  person('Hannah Price', 'hannah'),
  person('Oliver Grant', 'oliver'),
  person('Priya Nair', 'priya'),
  person('Lucas Meyer', 'lucas'),
  person('Sofia Rossi', 'sofia'),
  person('James O’Connor', 'james'),
  person('Aiko Tanaka', 'aiko'),
  person('Daniel Kim', 'daniel'),
  person('Chloe Martin', 'chloe'),
  person('Zoë Andersen', 'zoe'),
  person('Marcus Bell', 'marcus'),
  person('Nadia Haddad', 'nadia'),
  person('Peter Novák', 'peter'),
  person('Grace Wong', 'grace'),
  person('Ben Carter', 'ben'),
  person('Elena Petrova', 'elena'),
  person('Sam Whitaker', 'sam'),
];

export const chinesePositions = ['店长', '采购经理', '行政主管', '老板', '餐饮总监'] as const;
export const englishPositions = ['Owner', 'Purchasing manager', 'Office manager', 'Head of food & drink', 'Barista lead'] as const;

/** What visitors write into the form on the firm's site. */
export const chineseMessages = [
  '想了解一下意式拼配豆的批发价，每月大约 20 公斤。',
  '我们新店下个月开业，想试几款适合做拿铁的豆子。',
  '请问可以提供咖啡师培训吗？店里有三位新人。',
  '办公室大概 60 人，想换一家咖啡供应商，麻烦联系我。',
  '看到你们的手冲套装，可以定制企业礼盒吗？',
  '上次在展会上喝过你们的耶加雪菲，想要一份报价。',
] as const;
export const englishMessages = [
  'We open a second shop in January and need about 30 kg of espresso a month. Could you send prices?',
  'Do you rent out grinders together with the beans?',
  'Our office of 80 would like a tasting. Is next Thursday possible?',
  'Met you at the food fair, loved the Yunnan natural. What is the lead time for 10 kg?',
  'Looking for a decaf that holds up in milk. Samples?',
  'Can you print our label on 250 g bags for the hotel shop?',
] as const;
