import { describe, expect, it } from 'vitest';
import { isLanguageOpen, languagesFor, offeredLanguages, standardLanguage } from '../../shared/workspace/languages.ts';
import { workspace } from '../../shared/workspace/workspace.ts';

describe('the languages of a company', () => {
  it.each([
    [{}, ['en', 'zh-CN'], 'en'],
    [{ language: 'zh-CN' }, ['en', 'zh-CN'], 'zh-CN'],
    [{ languages: ['zh-CN'], language: 'zh-CN' }, ['zh-CN'], 'zh-CN'],
    [{ languages: ['zh-CN'], language: 'en' }, ['zh-CN'], 'zh-CN'],
    [{ languages: [], language: 'en' }, ['en', 'zh-CN'], 'en'],
    [{ languages: ['tlh'] }, ['en', 'zh-CN'], 'en'],
  ] as const)('%j are offered, and one is standard', (spoken, offered, standard) => {
    expect(offeredLanguages(spoken)).toEqual(offered);
    expect(standardLanguage(spoken)).toBe(standard);
  });

  it('leave somebody his own after it was withdrawn, until he takes another', () => {
    const company = { languages: ['zh-CN'], language: 'zh-CN' };

    expect(languagesFor(company, 'en')).toEqual(['en', 'zh-CN']);
    expect(languagesFor(company, 'zh-CN')).toEqual(['zh-CN']);
    expect(isLanguageOpen(company, 'en', 'en')).toBe(true);
    expect(isLanguageOpen(company, 'en', 'zh-CN')).toBe(false);
  });

  it('hold the standard one', () => {
    const values = { name: 'A', zone: 'UTC', currency: 'EUR', language: 'en' };

    expect(workspace.rules.check!({ ...values, languages: ['zh-CN'] }, {})).toEqual([
      { field: 'languages', code: 'workspace.standardLanguage' },
    ]);
    expect(workspace.rules.check!({ ...values, languages: ['en'] }, {})).toEqual([]);
    expect(workspace.rules.check!(values, {})).toEqual([]);
  });
});
