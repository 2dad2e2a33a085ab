import type { LogoGround } from '../../../../shared/workspace/logo.ts';

/** Luminance of the two pages that a logo may stand on. */
const LIGHT = 1;
const DARK = 0.02;
/** Below this two colours are hardly told apart. */
const LEAST_CONTRAST = 1.6;
/** So much of a picture must be told apart from its ground. */
const MOST = 0.75;
/** A picture of which nearly all is opaque has a ground of its own. */
const OPAQUE = 0.97;

/** @source relative luminance and contrast: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const linear = (part: number): number => (part <= 0.04045 * 255 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
const contrast = (a: number, b: number): number => (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);

/**
 * On which ground a picture can be seen.
 * @param pixels  red, green, blue and opacity of each, 0..255, as a canvas gives them
 */
export function groundOf(pixels: Uint8ClampedArray): LogoGround {
  let [seen, opaque, onLight, onDark] = [0, 0, 0, 0];
  for (let at = 0; at < pixels.length; at += 4) {
    const weight = pixels[at + 3]! / 255;
    if (weight > 0.95) opaque += 1;
    if (weight === 0) continue;
    const luminance = 0.2126 * linear(pixels[at]!) + 0.7152 * linear(pixels[at + 1]!) + 0.0722 * linear(pixels[at + 2]!);
    seen += weight;
    if (contrast(luminance, LIGHT) >= LEAST_CONTRAST) onLight += weight;
    if (contrast(luminance, DARK) >= LEAST_CONTRAST) onDark += weight;
  }
  if (opaque >= (pixels.length / 4) * OPAQUE || seen === 0) return 'any';
  const [light, dark] = [onLight / seen >= MOST, onDark / seen >= MOST];
  if (light && dark) return 'any';
  return onLight >= onDark ? 'light' : 'dark';
}
