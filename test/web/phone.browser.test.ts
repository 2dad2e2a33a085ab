import { expect, it } from 'vitest';
import type { RecordDefinition } from '../../shared/kernel/record.ts';
import { REGISTRY } from '../../shared/registry.ts';
import { routes } from '../../web/src/routes.ts';
import { useVisits } from '../support/visit.ts';

const visit = useVisits();

/** No blank to break at: what pushes columns and buttons apart, if anything does. */
const LONG = 'Donaudampfschifffahrtsgesellschaftsvertriebsniederlassung';

/** 390 pixels are a phone; 320 a small one, or a window at 400 %; 640 a laptop's window at 200 %. */
const SIZES = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
  { width: 640, height: 400 },
];

/** Addresses of all pages of the product, with a record where they show one. */
const pages = (): string[] =>
  routes.map(({ path, given }) => {
    const definition = REGISTRY.find(({ name }) => name === given?.['type']);
    if (!path.includes(':id') || !definition) return path.replace(':id', 'none');
    const { records } = visit.api;
    const { id } = records.all(definition.name)[0] ?? records.add(definition.name, namedLong(definition));
    return path.replace(':id', id);
  });

const namedLong = ({ fields }: RecordDefinition): Record<string, string> =>
  Object.fromEntries(['name', 'company', 'subject'].flatMap((name) => (Object.hasOwn(fields, name) ? [[name, LONG]] : [])));

/** The page and its regions where something in them is wider than they are; what is made to be moved sideways scrolls in itself. */
const tooWide = (): Promise<string[]> =>
  visit.page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('main, header, [data-scroll]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
      .map((region) => `${location.pathname}: ${region.localName} holds ${region.scrollWidth} in ${region.clientWidth}`),
  );

/** What a finger cannot hit well. A field's parts are as tall as its box, and a box in a label as the label. */
const tooSmall = (): Promise<string[]> =>
  visit.page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button:not([aria-hidden]), [role="tab"], select, input, textarea')]
      .filter((target) => target.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && target.offsetWidth > 1)
      .filter((target) => {
        const isPart = target.matches('input:not([type="checkbox"], [type="radio"]), select');
        const whole = target.closest('label') ?? (isPart ? target.parentElement! : target);
        const around = Number.parseFloat(getComputedStyle(target, '::after').height) || 0;
        return Math.max(whole.getBoundingClientRect().height, around) < 44;
      })
      .map((target) => `${location.pathname}: ${target.outerHTML.slice(0, 200)} is ${target.offsetHeight} high`),
  );

it('every page fits 320 pixels and 200 % without scrolling sideways, and is made for fingers', { timeout: 300_000 }, async () => {
  await visit.open('/', { phone: true });
  const faults: string[] = [];
  for (const path of pages()) {
    await visit.page.goto(visit.site.url + path);
    await visit.page.locator('h1').first().waitFor();
    await visit.page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
    for (const size of SIZES) {
      await visit.page.setViewportSize(size);
      faults.push(...(await tooWide()), ...(size === SIZES[0] ? await tooSmall() : []));
    }
    await visit.page.setViewportSize(SIZES[0]!);
  }

  expect(faults).toEqual([]);
});
