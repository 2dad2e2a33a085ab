import { create, type Body, type Step } from './steps.ts';

interface Good {
  readonly code: string;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
  /** Minor units of the firm's currency. */
  readonly price: number;
}
const good = (code: string, name: string, category: string, unit: string, price: number): Good => ({ code, name, category, unit, price });

/** What the firm sells. Lines of orders and deals name goods by their place in this list. */
const goods: readonly Good[] = [
  good('ESP-1', 'Lantern espresso 灯笼意式拼配', 'Coffee 咖啡豆', 'kg', 128_00),
  good('YUN-1', 'Yunnan natural 云南日晒', 'Coffee 咖啡豆', 'kg', 168_00),
  good('YIR-1', 'Yirgacheffe 耶加雪菲', 'Coffee 咖啡豆', 'kg', 198_00),
  good('DEC-1', 'Mountain decaf 低因', 'Coffee 咖啡豆', 'kg', 152_00),
  good('DRP-10', 'Drip bags, box of 10 挂耳 10 包', 'Retail 零售', 'box', 58_00),
  good('GFT-1', 'Gift box 礼盒', 'Retail 零售', 'box', 298_00),
  good('GRD-R', 'Grinder, rented 磨豆机租赁', 'Equipment 设备', 'month', 600_00),
  good('TRN-1', 'Barista training 咖啡师培训', 'Service 服务', 'session', 1_800_00),
  good('MCH-2', 'Espresso machine, two groups 双头咖啡机', 'Equipment 设备', 'piece', 26_800_00),
];

/** The first of the goods are what customers order again and again. */
export const COFFEES = 4;

/** Percent off for whoever buys much, in hundredths. */
const REBATE = 500;
const MUCH = 30;
const TAX = 1300;

/** Lines of an order or a deal. @param bought  place of each good, and how much of it */
export const lines = (...bought: readonly (readonly [n: number, quantity: number])[]): Body[] =>
  bought.map(([n, quantity], i) => {
    const { code, name, unit, price } = goods[n % goods.length]!;
    return {
      ...{ id: `l${i + 1}`, productId: `@product.${code}`, name, quantity: String(quantity), unit, unitPrice: price, tax: TAX },
      ...(quantity >= MUCH ? { discount: REBATE } : {}),
    };
  });

export const stocked = (by: string): Step[] =>
  goods.map(({ code, name, category, unit, price }) =>
    create(by, 'product', `product.${code}`, { code, name, category, unit, price: { minor: price, currency: 'CNY' } }),
  );
