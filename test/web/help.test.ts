import { describe, expect, it } from 'vitest';
import { routes } from '../../web/src/routes.ts';
import { helpOf, type HelpTexts } from '../../web/src/shell/help/helpTexts.ts';
import { faqFound, type FaqGroup } from '../../web/src/shell/help/faq.ts';
import enTexts from '../../web/src/shell/help/texts/en.ts';
import zhTexts from '../../web/src/shell/help/texts/zh.ts';
import enFaq from '../../web/src/shell/help/faq/en.ts';
import zhFaq from '../../web/src/shell/help/faq/zh.ts';

const LANGUAGES: readonly (readonly [string, HelpTexts, readonly FaqGroup[]])[] = [
  ['en', enTexts, enFaq],
  ['zh-CN', zhTexts, zhFaq],
];

describe.each(LANGUAGES)('help in %s', (_language, texts, faq) => {
  it.each(routes.map((route) => [route.path, route] as const))('tells what %s is for, with a few tips', (_path, route) => {
    const help = helpOf(route, texts);

    expect(help, 'write about the page in web/src/shell/help/texts').toBeDefined();
    expect(help!.about.every((paragraph) => /[.?!。？！]$/.test(paragraph))).toBe(true);
    expect(help!.tips.length).toBeGreaterThanOrEqual(2);
    expect(help!.tips.length).toBeLessThanOrEqual(4);
    expect(new Set(help!.tips.map(({ text }) => text)).size).toBe(help!.tips.length);
  });

  it('is written for pages and types that are there, and no others', () => {
    const paths = new Set(routes.map(({ path }) => path));
    const types = new Set(routes.map(({ given }) => given?.['type']));

    expect(Object.keys(texts.pages).filter((path) => !paths.has(path))).toEqual([]);
    expect(Object.keys(texts.types).filter((type) => !types.has(type))).toEqual([]);
  });

  it('leads from answers to pages that are there', () => {
    const paths = new Set(routes.map(({ path }) => path));
    const links = faq.flatMap(({ items }) => items.flatMap(({ link }) => link?.href ?? []));

    expect(links.filter((href) => !paths.has(href))).toEqual([]);
  });
});

it('names the same keys and answers the same questions in both languages', () => {
  const keysOf = ({ pages, types, kinds }: HelpTexts) =>
    JSON.stringify({ pages, types, kinds }, (name, value: unknown) => (name === 'text' || name === 'about' ? undefined : value));
  const idsOf = (faq: readonly FaqGroup[]) => faq.map(({ id, items }) => [id, ...items.map((item) => [item.id, item.link?.href])]);

  expect(JSON.parse(keysOf(zhTexts))).toEqual(JSON.parse(keysOf(enTexts)));
  expect(idsOf(zhFaq)).toEqual(idsOf(enFaq));
});

it('gives each answer an address of its own', () => {
  const ids = enFaq.flatMap(({ id, items }) => [`faq-${id}`, ...items.map((item) => item.id)]);

  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z][a-z-]*$/.test(id))).toEqual([]);
});

describe('a search in the answers', () => {
  const found = (text: string): string[] => faqFound(enFaq, text).flatMap(({ items }) => items.map(({ id }) => id));

  it.each([
    ['two-step PHONE', ['two-step']],
    ['  message  MISTAKE ', ['undo']],
    ['elephant', []],
  ])('finds where every word stands: %s', (text, ids) => {
    expect(found(text)).toEqual(ids);
  });

  it('shows all of them for no words', () => {
    expect(found(' ')).toEqual(enFaq.flatMap(({ items }) => items.map(({ id }) => id)));
  });
});
