import { LARGEST_CHOSEN_BYTES, type LogoInput } from '../../../../shared/workspace/logo.ts';
import { groundOf } from './logoGround.ts';

/** Twice what the largest place shows, for sharp screens. */
export const LOGO_WIDTH = 480;
export const LOGO_HEIGHT = 160;
const LEAST_PIXELS = 16;
const KINDS = ['image/png', 'image/jpeg', 'image/webp', 'image/svg+xml'];
export const LOGO_ACCEPT = KINDS.join(',');

export type LogoFault = 'kind' | 'heavy' | 'small';
type Drawn = { readonly ok: true; readonly input: LogoInput } | { readonly ok: false; readonly fault: LogoFault };

/**
 * Draws a chosen picture down to what is kept of it: points and nothing else. Whatever a drawing in markup could do, and
 * what a camera wrote beside its picture, ends here.
 */
export async function drawLogo(file: File): Promise<Drawn> {
  if (file.size > LARGEST_CHOSEN_BYTES) return { ok: false, fault: 'heavy' };
  if (!KINDS.includes(file.type)) return { ok: false, fault: 'kind' };
  const url = URL.createObjectURL(file);
  try {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    return drawn(picture, file.type === 'image/svg+xml');
  } catch {
    // Not what it says it is, or nothing that this browser can show.
    return { ok: false, fault: 'kind' };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param scalable  has no points of its own: as large as there is room */
function drawn(picture: HTMLImageElement, scalable: boolean): Drawn {
  const { naturalWidth, naturalHeight } = picture;
  const fit = Math.min(LOGO_WIDTH / naturalWidth, LOGO_HEIGHT / naturalHeight);
  const scale = scalable ? fit : Math.min(1, fit);
  const [width, height] = [naturalWidth, naturalHeight].map((pixels) => Math.round(pixels * scale));
  if (!(Math.min(width!, height!) >= LEAST_PIXELS)) return { ok: false, fault: 'small' };
  const canvas = document.createElement('canvas');
  canvas.width = width!;
  canvas.height = height!;
  const pen = canvas.getContext('2d', { willReadFrequently: true })!;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(picture, 0, 0, width!, height!);
  const ground = groundOf(pen.getImageData(0, 0, width!, height!).data);
  // Every mail program shows a PNG; not every one the lighter kinds.
  return { ok: true, input: { image: canvas.toDataURL('image/png').split(',')[1]!, ground } };
}
