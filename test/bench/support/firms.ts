/** Values of the n-th customer for benches in the browser: names of every script, numbers that no other one has. */
const KINDS = [
  (n: number) => `Harbour q${Math.floor(n / 25).toString(36)} Trading`,
  (n: number) => `杭州云栖${n}科技有限公司`,
  (n: number) => `Ångström & Söhne ${n}`,
];

export const firmOf = (n: number) => ({ name: KINDS[n % 3]!(n), phones: [`+86 139 ${10_000_000 + n}`], size: n % 2 ? 'small' : 'medium' });
