import * as z from 'zod/mini';
import { parseWith, type Parsed } from '../kernel/schema.ts';
import { faultOfContents } from './fileContents.ts';

/** What a company may choose from its disk; it is drawn down before it is sent. */
export const LARGEST_CHOSEN_BYTES = 1024 * 1024;
/** What is kept: a picture of that size stands in every mail. */
export const LARGEST_LOGO_BYTES = 512 * 1024;
const LEAST_PIXELS = 16;
const MOST_PIXELS = 1024;

/**
 * On which ground it can be seen: dark signs without a ground of their own vanish on a dark page, light ones on a light
 * page. `any` has its own ground, or colours that stand on both.
 */
const LOGO_GROUNDS = ['any', 'light', 'dark'] as const;
export type LogoGround = (typeof LOGO_GROUNDS)[number];

/** A company's picture. Its file is named by chance: whoever was shown the address may see it, and nobody finds it. */
export interface Logo {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly ground: LogoGround;
}

const FILE = /^[0-9a-f]{40}$/;
export const isLogoFile = (text: string | undefined): text is string => text !== undefined && FILE.test(text);
const pixels = () => z.int().check(z.minimum(1), z.maximum(MOST_PIXELS));
export const logoShape = () =>
  z.strictObject({ file: z.string().check(z.regex(FILE)), width: pixels(), height: pixels(), ground: z.enum(LOGO_GROUNDS) });

export interface LogoInput {
  /** The picture in base 64. */
  readonly image: string;
  readonly ground: LogoGround;
}

export const logoInputShape = () =>
  z.strictObject(
    {
      image: z
        .string('text.expected')
        .check(z.maxLength(Math.ceil(LARGEST_LOGO_BYTES / 3) * 4, 'file.tooLarge'), z.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'text.characters')),
      ground: z.enum(LOGO_GROUNDS, 'choice.unknown'),
    },
    'input.object',
  );
export const parseLogo = (body: unknown): Parsed<LogoInput> => parseWith(logoInputShape() as z.ZodMiniType<LogoInput>, body);

export type PictureKind = 'png' | 'jpeg' | 'webp';
export interface Picture {
  readonly kind: PictureKind;
  readonly width: number;
  readonly height: number;
}

/** Why a picture is not taken as a logo; undefined when it is. @param picture  what its bytes say of themselves */
export function faultOfLogo(bytes: Uint8Array, picture: Picture | undefined): string | undefined {
  if (bytes.length > LARGEST_LOGO_BYTES) return 'file.tooLarge';
  if (!picture) return 'file.kind';
  const { kind, width, height } = picture;
  if (Math.min(width, height) < LEAST_PIXELS) return 'logo.tooSmall';
  if (Math.max(width, height) > MOST_PIXELS) return 'logo.tooLarge';
  return faultOfContents(`logo.${kind}`, { head: bytes, tail: bytes });
}
