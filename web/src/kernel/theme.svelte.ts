import { stored } from './stored.ts';

export type Theme = 'light' | 'dark' | 'system';

const system = matchMedia('(prefers-color-scheme: dark)');

class ThemeChoice {
  choice = $state<Theme>(asTheme(stored.get('theme')));

  constructor() {
    system.addEventListener('change', () => this.#apply());
  }

  set(choice: Theme): void {
    this.choice = choice;
    stored.set('theme', choice === 'system' ? null : choice);
    this.#apply();
  }

  #apply(): void {
    const dark = this.choice === 'dark' || (this.choice === 'system' && system.matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }
}

const asTheme = (text: string | null): Theme => (text === 'light' || text === 'dark' ? text : 'system');

export const theme = new ThemeChoice();
