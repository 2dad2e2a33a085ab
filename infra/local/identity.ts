import { randomBytes, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What AWS would have made up at the first deployment; kept with the data that depend on it. */
export interface Identity {
  poolId: string;
  clientId: string;
  clientSecret: string;
  /** Last part of the stacks' ids. */
  stackId: string;
}

/** @param dataDir  absent: a new one each time */
export function readIdentity(dataDir?: string): Identity {
  const file = dataDir === undefined ? undefined : path.join(dataDir, 'identity.json');
  const known = file && readJson(file);
  if (known) return known;
  const identity = {
    poolId: `us-east-1_${token(9)}`,
    clientId: token(26).toLowerCase(),
    clientSecret: token(51).toLowerCase(),
    stackId: randomUUID(),
  };
  if (file) {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(identity));
  }
  return identity;
}

function readJson(file: string): Identity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Identity;
  } catch {
    return undefined;
  }
}

/** Letters and digits. */
function token(length: number): string {
  return randomBytes(2 * length)
    .toString('base64')
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, length);
}
