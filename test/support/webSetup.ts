import { findBrowser } from './browser.ts';
import { buildWeb } from './webBuild.ts';

/** Before the browser tests: a browser, and both sites built from what lies here now. */
export default async function setup(): Promise<void> {
  await Promise.all([findBrowser(), (async () => (await buildWeb('app'), await buildWeb('gallery')))()]);
}
