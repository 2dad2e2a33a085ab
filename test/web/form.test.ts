import { describe, expect, it } from 'vitest';
import type { Issue } from '../../shared/kernel/errors.ts';
import { ApiError } from '../../web/src/kernel/api.ts';
import { Form } from '../../web/src/kernel/form.svelte.ts';

const required = (values: { name: string }): Issue[] => (values.name ? [] : [{ field: 'name', code: 'field.required' }]);

describe('a form', () => {
  it('is silent about a field until it was left', () => {
    const form = new Form({ initial: { name: '' }, check: required, submit: async () => undefined });

    expect(form.error('name')).toBeUndefined();
    form.leave('name');
    expect(form.error('name')).toBe('Please fill this in');
  });

  it('sends nothing while something is wrong, and then says all of it', async () => {
    let sent = 0;
    const form = new Form({ initial: { name: '' }, check: required, submit: async () => void sent++ });

    await form.submit();

    expect(sent).toBe(0);
    expect(form.error('name')).toBe('Please fill this in');
  });

  it('shows the server’s fault at its field until the values are others', async () => {
    const refuse = async () => {
      throw new ApiError(400, { code: 'input.invalid', issues: [{ field: 'name', code: 'text.tooLong', params: { limit: 3 } }] });
    };
    const form = new Form({ initial: { name: 'long' }, submit: refuse });

    await form.submit();

    expect(form.error('name')).toBe('At most 3 characters');
    expect(form.failure).toBeUndefined();
    form.values.name = 'ok';
    expect(form.error('name')).toBeUndefined();
  });

  it('shows what belongs to no field of its own as a whole', async () => {
    const error = new ApiError(400, { code: 'input.invalid', issues: [{ field: 'elsewhere', code: 'field.required' }] });
    const form = new Form({ initial: { name: 'x' }, submit: () => Promise.reject(error) });

    await form.submit();

    expect(form.failure).toBe(error);
    expect(form.busy).toBe(false);
  });

  it('is not sent twice at once', async () => {
    let sent = 0;
    let answer = (): void => undefined;
    const form = new Form({ initial: { name: 'x' }, submit: () => new Promise<void>((resolve) => ((answer = resolve), sent++)) });

    const first = form.submit();
    await form.submit();
    answer();
    await first;

    expect(sent).toBe(1);
  });

  it('knows whether it was changed', () => {
    const form = new Form({ initial: { name: 'x' }, submit: async () => undefined });

    expect(form.dirty).toBe(false);
    form.values.name = 'y';
    expect(form.dirty).toBe(true);
  });
});
