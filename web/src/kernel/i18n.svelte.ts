import { overwriteGetLocale } from '#messages/runtime';
import type { Locale } from '../../../shared/kernel/types.ts';
import { formatsOf, type Formats } from './formats.ts';
import { stored } from './stored.ts';

export const LOCALE_NAMES: Readonly<Record<Locale, string>> = { en: 'English', 'zh-CN': '简体中文' };

class I18n {
  locale = $state<Locale>(firstLocale());
  /** IANA name; the member's own once the session is known. */
  zone = $state(Intl.DateTimeFormat().resolvedOptions().timeZone);

  /** Formats of the current language and zone. Read in markup or `$derived`, so that a switch redraws. */
  get formats(): Formats {
    return formatsOf(this.locale, this.zone);
  }

  /** Whose company speaks only these reads its standard one, unless he has chosen another on this computer. */
  offer(languages: readonly Locale[], standard: Locale): void {
    if (stored.get('locale') || languages.includes(this.locale)) return;
    this.locale = standard;
    document.documentElement.lang = standard;
  }

  set(locale: Locale): void {
    this.locale = locale;
    document.documentElement.lang = locale;
    stored.set('locale', locale);
  }
}

function firstLocale(): Locale {
  const chosen = stored.get('locale');
  if (chosen === 'en' || chosen === 'zh-CN') return chosen;
  return /^zh/i.test(navigator.language) ? 'zh-CN' : 'en';
}

export const i18n = new I18n();

// Paraglide's own switch reloads the page. Reading our state instead makes every `m.x()` in markup follow it at once;
// text kept outside markup must therefore be kept as the function, not as its result.
overwriteGetLocale(() => i18n.locale);
