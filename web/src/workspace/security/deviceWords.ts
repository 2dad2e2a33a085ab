import { m } from '#messages';
import type { Device } from '../../../../shared/workspace/device.ts';

/** `Firefox on Windows`, as far as the browser said. Names of products are the same in every language. */
export const deviceName = ({ browser, system }: Device): string =>
  browser && system ? m.workspace_device({ browser, system }) : (browser ?? system ?? m.workspace_device_unknown());
