// The demo's firm and its staff: a coffee roaster that sells to cafés, hotels and offices, in Chinese and in English.
export const firm = {
  name: 'Lantern Roasters 灯笼咖啡',
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  language: 'en',
} as const;

/** Of all demo sign-ins. */
export const password = 'Regulars-demo-1';

export interface Colleague {
  /** Also the local part of the address. */
  readonly key: string;
  readonly name: string;
  /** Key of a default role. */
  readonly role: string;
  readonly department: keyof typeof departments | 'root';
  readonly language: 'en' | 'zh-CN';
  readonly post: string;
  readonly takesLeads?: true;
}

export const departments = {
  sales: 'Sales 销售部',
  service: 'Service 客服部',
} as const;

export const owner: Colleague = { key: 'owner', name: 'Mei Lin', role: 'owner', department: 'root', language: 'en', post: 'Founder' };

export const staff: readonly Colleague[] = [
  { key: 'manager', name: '陈立', role: 'salesManager', department: 'sales', language: 'zh-CN', post: '销售经理' },
  { key: 'wang', name: '王芳', role: 'sales', department: 'sales', language: 'zh-CN', post: '客户经理', takesLeads: true },
  { key: 'tom', name: 'Tom Fletcher', role: 'sales', department: 'sales', language: 'en', post: 'Account manager', takesLeads: true },
  { key: 'service', name: 'Amy Liu', role: 'service', department: 'service', language: 'en', post: 'Customer service' },
];

export const emailOf = ({ key }: Pick<Colleague, 'key'>): string => `${key}@demo.regulars.test`;
