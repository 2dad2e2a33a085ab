import type { Locale } from '../../../../shared/kernel/types.ts';
import { clock } from '../../kernel/clock.svelte.ts';
import type { Option } from '../../ui/options.ts';

const MOST = 40;
const made = new Map<Locale, readonly Option[]>();

/** `China Standard Time`, beside it `Asia/Shanghai, GMT+8`. About 400, so they are named once per language. */
function zonesIn(locale: Locale): readonly Option[] {
  let zones = made.get(locale);
  if (!zones) {
    zones = Intl.supportedValuesOf('timeZone').map((zone) => zoneOption(zone, locale));
    made.set(locale, zones);
  }
  return zones;
}

const partOf = (zone: string, locale: Locale, timeZoneName: 'longGeneric' | 'shortOffset'): string =>
  new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName }).formatToParts(clock.nowMs()).find(({ type }) => type === 'timeZoneName')
    ?.value ?? '';

function zoneOption(zone: string, locale: Locale): Option {
  const offset = partOf(zone, 'en', 'shortOffset');
  return { value: zone, label: partOf(zone, locale, 'longGeneric') || zone, detail: `${zone.replaceAll('_', ' ')}, ${offset}` };
}

/** The zone in words. */
export function zoneLabel(zone: string, locale: Locale): string {
  try {
    const { label, detail } = zoneOption(zone, locale);
    return label === zone ? (detail ?? zone) : `${label} · ${detail}`;
  } catch {
    return zone; // a name this browser does not know
  }
}

/** Zones whose name, place or offset holds the text. */
export function findZones(text: string, locale: Locale): Option[] {
  const wanted = text.trim().toLocaleLowerCase();
  return zonesIn(locale)
    .filter(({ label, detail }) => `${label} ${detail}`.toLocaleLowerCase().includes(wanted))
    .slice(0, MOST);
}
