import { describe, expect, it } from 'vitest';
import { draftOf, formFaults, toForm, withoutSection } from '../../web/src/workspace/structure/formDraft.ts';

const usual = [
  { label: { en: 'How to reach', zh: '联系' }, fields: ['phones'] },
  { label: { en: 'About', zh: '关于' }, fields: ['size', 'tags'] },
];
const isNeeded = (name: string): boolean => name === 'needed';
const names = ['phones', 'size', 'tags', 'x_new', 'needed'];

describe('the draft of a form', () => {
  it('begins with the groups of the product, and with what is new at the end', () => {
    expect(draftOf(undefined, usual, names, isNeeded)).toEqual({
      sections: [
        { en: 'How to reach', zh: '联系', fields: ['phones'] },
        { en: 'About', zh: '关于', fields: ['size', 'tags', 'x_new', 'needed'] },
      ],
      hidden: [],
    });
  });

  it('begins with the form of the workspace, without what is gone and with what is needed', () => {
    const form = {
      on: 'customer',
      sections: [{ label: { en: 'All', zh: '全部' }, fields: ['tags', 'gone'] }],
      hidden: ['size', 'gone', 'needed'],
    };

    expect(draftOf(form, usual, names, isNeeded)).toEqual({
      sections: [{ en: 'All', zh: '全部', fields: ['tags', 'phones', 'x_new', 'needed'] }],
      hidden: ['size'],
    });
  });

  it('has a section when a form has none', () => {
    expect(draftOf({ on: 'customer', sections: [], hidden: [] }, usual, ['a'], isNeeded).sections).toEqual([
      { en: 'Details', zh: '详情', fields: ['a'] },
    ]);
  });

  it('is stored with names in both languages, and faulty with a section without any', () => {
    const sections = [{ en: '', zh: '联系', fields: ['phones'] }];

    expect(toForm({ sections, hidden: ['size'] })).toEqual({
      sections: [{ label: { en: '联系', zh: '联系' }, fields: ['phones'] }],
      hidden: ['size'],
    });
    expect(formFaults({ sections })).toEqual([]);
    expect(formFaults({ sections: [{ en: ' ', zh: '', fields: [] }] })).toEqual([{ field: 'sections', code: 'recordForm.sections' }]);
  });

  it.each([
    [0, [['b', 'a'], ['c']]],
    [1, [['a', 'b'], ['c']]],
    [2, [['a'], ['b', 'c']]],
  ])('gives the fields of a section that goes to its neighbour: %i', (at, expected) => {
    const sections = ['a', 'b', 'c'].map((name) => ({ en: name, zh: name, fields: [name] }));

    expect(withoutSection(sections, at).map(({ fields }) => fields)).toEqual(expected);
  });
});
