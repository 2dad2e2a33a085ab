/** A row of the table in the gallery: nothing a CRM would know. */
export interface Tree {
  id: string;
  name: string;
  place: string;
  planted: string;
  height: number;
}

const NAMES = ['Oak', '银杏', 'Maple', '水杉', 'Linden', '香樟', 'Beech', '梧桐'];
const PLACES = ['West garden', '杭州植物园', 'By the river', '长安街'];

/** The same rows for the same count. */
export function plant(count: number): Tree[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `tree${i}`,
    name: `${NAMES[(i * 7) % NAMES.length]} ${i}`,
    place: PLACES[(i * 13) % PLACES.length]!,
    planted: `${1950 + ((i * 37) % 70)}-0${1 + (i % 9)}-1${i % 9}`,
    height: ((i * 7919) % 4000) / 100,
  }));
}
