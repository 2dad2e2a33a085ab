import { describe, expect, it } from 'vitest';
import { dueDigest, isDigestReader, localeOf, nextDigestAt, spanOfDigest, zoneOf } from '../../shared/insight/digestReaders.ts';
import { addDays, localDay, localTime, toInstant, toMs } from '../../shared/kernel/dates.ts';
import { DEFAULT_ROLES } from '../../shared/workspace/defaultRoles.ts';
import { fc, runs } from '../support/properties.ts';

const rightsOf = (key: string) => DEFAULT_ROLES.find((role) => role.key === key)!.rights;
const HOUR = 3_600_000;

describe('who gets the daily digest', () => {
  it.each([
    ['owner', true],
    ['administrator', true],
    ['vicePresident', true],
    ['salesManager', true],
    ['sales', false],
    ['service', false],
    ['callAgent', false],
    ['marketing', false],
    ['satisfactionManager', false],
    ['dataAnalyst', false],
    ['newsAdministrator', false],
    ['viewer', false],
  ])('%s without a wish of his own: %s', (key, expected) => {
    expect(isDigestReader({ status: 'active' }, rightsOf(key))).toBe(expected);
  });

  it.each([
    ['a seller who asks for it', { status: 'active', digestDaily: true }, 'sales', true],
    ['a manager who does not want it', { status: 'active', digestDaily: false }, 'salesManager', false],
    ['a disabled manager', { status: 'disabled' }, 'salesManager', false],
    ['a manager who has not come yet', { status: 'invited', digestDaily: true }, 'salesManager', false],
    ['who may read no reports, even when he asks', { status: 'active', digestDaily: true }, 'marketing', false],
  ])('%s', (_who, member, role, expected) => {
    expect(isDigestReader(member, rightsOf(role))).toBe(expected);
  });

  it('is nobody whose role is gone', () => {
    expect(isDigestReader({ status: 'active' }, undefined)).toBe(false);
  });

  it.each([
    [{ zone: 'Asia/Tokyo' }, { zone: 'UTC' }, 'Asia/Tokyo'],
    [{}, { zone: 'Europe/Berlin' }, 'Europe/Berlin'],
    [{ zone: 'Nowhere/Land' }, { zone: 'Europe/Berlin' }, 'Europe/Berlin'],
    [{}, undefined, 'UTC'],
  ])('reads in his own zone, else the workspace’s: %j %j', (member, home, zone) => {
    expect(zoneOf(member, home)).toBe(zone);
  });

  it.each([
    [{ language: 'zh-CN' }, { language: 'en' }, 'zh-CN'],
    [{}, { language: 'zh-CN' }, 'zh-CN'],
    [{ language: 'en' }, { language: 'zh-CN' }, 'en'],
    [{}, undefined, 'en'],
  ])('in his own language, else the workspace’s: %j %j', (member, home, locale) => {
    expect(localeOf(member, home)).toBe(locale);
  });
});

describe('the next morning', () => {
  it.each([
    // zone, after, at, and what is special
    ['Europe/Berlin', '2026-03-28T07:00:00.000Z', '2026-03-29T06:00:00.000Z', 'clocks go forward: 23 hours on'],
    ['Europe/Berlin', '2026-10-24T06:00:00.000Z', '2026-10-25T07:00:00.000Z', 'clocks go back: 25 hours on'],
    ['America/New_York', '2026-03-07T13:00:00.000Z', '2026-03-08T12:00:00.000Z', 'forward'],
    ['America/New_York', '2026-10-31T12:00:00.000Z', '2026-11-01T13:00:00.000Z', 'back'],
    ['Australia/Lord_Howe', '2026-04-03T21:00:00.000Z', '2026-04-04T21:30:00.000Z', 'back by half an hour'],
    ['Australia/Lord_Howe', '2026-10-02T21:30:00.000Z', '2026-10-03T21:00:00.000Z', 'forward by half an hour'],
    ['Asia/Shanghai', '2026-03-28T00:00:00.000Z', '2026-03-29T00:00:00.000Z', 'never changes'],
    ['Pacific/Chatham', '2026-01-01T00:00:00.000Z', '2026-01-01T18:15:00.000Z', 'thirteen and three quarters ahead'],
    ['Pacific/Apia', '2011-12-29T18:00:00.000Z', '2011-12-30T18:00:00.000Z', 'the 30th never was'],
    ['Europe/Berlin', '2028-02-28T07:00:00.000Z', '2028-02-29T07:00:00.000Z', 'a leap day'],
  ])('in %s after %s is %s (%s)', (zone, after, at) => {
    expect(nextDigestAt(after, zone)).toBe(at);
    expect(localTime(at, zone)).toBe('08:00');
  });
});

describe('the digest that is due', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29T06:00:00.000Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-30T05:59:59.999Z', '2026-03-28'],
    ['Europe/Berlin', '2026-03-30T06:00:00.000Z', '2026-03-29'],
    ['Asia/Shanghai', '2026-03-11T00:00:00.000Z', '2026-03-10'],
    ['Asia/Shanghai', '2026-03-11T15:59:00.000Z', '2026-03-10'],
    ['America/New_York', '2026-03-11T12:00:00.000Z', '2026-03-10'],
    ['Pacific/Kiritimati', '2026-03-10T18:00:00.000Z', '2026-03-10'],
  ])('in %s at %s reports %s', (zone, now, day) => {
    expect(dueDigest(now, zone).day).toBe(day);
  });

  it('is one and the same from one morning to the next', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'Pacific/Chatham', 'America/Sao_Paulo'];
    const moments = fc.integer({ min: toMs('2020-01-01T00:00:00.000Z'), max: toMs('2030-01-01T00:00:00.000Z') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), moments, (zone, ms) => {
        const { plannedAt, day } = dueDigest(toInstant(ms), zone);
        const next = nextDigestAt(toInstant(ms), zone);
        expect(toMs(plannedAt)).toBeLessThanOrEqual(ms);
        expect(toMs(next)).toBeGreaterThan(ms);
        expect(nextDigestAt(plannedAt, zone)).toBe(next);
        expect(day).toBe(addDays(localDay(plannedAt, zone), -1));
        expect(dueDigest(next, zone).day).toBe(addDays(day, 1));
      }),
      runs(300),
    );
  });
});

describe('what a digest counts', () => {
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Asia/Shanghai', '2026-03-29', 24],
  ])('in %s on %s are %d hours', (zone, day, hours) => {
    const span = spanOfDigest(day, zone, undefined)!;
    expect((toMs(span.until) - toMs(span.since)) / HOUR).toBe(hours);
    expect(span).toMatchObject({ from: day, to: day });
  });

  it('goes on where the last one ended, after an outage over the days missed', () => {
    const span = spanOfDigest('2026-03-12', 'UTC', '2026-03-10T00:00:00.000Z')!;
    expect(span).toEqual({
      since: '2026-03-10T00:00:00.000Z',
      until: '2026-03-13T00:00:00.000Z',
      from: '2026-03-10',
      to: '2026-03-12',
    });
  });

  it('after more than a week of silence is its own day', () => {
    expect(spanOfDigest('2026-03-20', 'UTC', '2026-03-10T00:00:00.000Z')).toMatchObject({ from: '2026-03-20', to: '2026-03-20' });
  });

  it('is nothing where the last one has told it', () => {
    expect(spanOfDigest('2026-03-10', 'UTC', '2026-03-11T00:00:00.000Z')).toBeUndefined();
    expect(spanOfDigest('2026-03-10', 'Pacific/Kiritimati', '2026-03-10T12:00:00.000Z')).toBeUndefined();
  });

  it('is every moment once, wherever the reader travels and whatever mornings fail', () => {
    const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'];
    const mornings = fc.array(fc.record({ zone: fc.constantFrom(...zones), fails: fc.boolean() }), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(mornings, fc.integer({ min: 0, max: 364 }), (days, start) => {
        let now = toInstant(toMs('2026-01-01T12:00:00.000Z') + start * 24 * HOUR);
        let until: string | undefined;
        let failed = 0;
        for (const { zone, fails } of days) {
          now = nextDigestAt(now, zone);
          failed = fails ? failed + 1 : 0;
          if (fails && failed < 5) continue;
          const span = spanOfDigest(dueDigest(now, zone).day, zone, until);
          if (!span) continue;
          if (until !== undefined) expect(span.since).toBe(until);
          expect(toMs(span.until)).toBeGreaterThan(toMs(span.since));
          expect(toMs(span.until)).toBeLessThanOrEqual(toMs(now));
          until = span.until;
          failed = 0;
        }
      }),
      runs(200),
    );
  });
});
