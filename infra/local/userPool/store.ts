import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { JWK } from 'jose';
import type { Failures } from './lockout.ts';

/** A user as he is kept. Times are epoch milliseconds. */
export interface User {
  /** Made by the pool and never changed; also the subject of his tokens. */
  username: string;
  /** With `sub` and `email`. */
  attributes: Record<string, string>;
  createdAt: number;
  modifiedAt: number;
  enabled: boolean;
  status: 'FORCE_CHANGE_PASSWORD' | 'CONFIRMED';
  passwordHash: string;
  /** Set while the password is a temporary one. */
  temporaryUntil?: number;
  /** The authenticator app that has proven itself. */
  softwareToken?: {
    secret: string;
    /** Asked for at each sign-in. */
    enabled: boolean;
    /** The last step whose code was accepted: a code works once. */
    usedStep: number;
  };
  /** The secret of an app that has yet to prove itself; until then the one above stays in force. */
  pendingSecret?: string;
  failures: Failures;
}

interface RefreshGrant {
  username: string;
  clientId: string;
  /** Shared by all tokens that descend from one sign-in. */
  originJti: string;
  signedInAt: number;
  expiresAt: number;
  revoked: boolean;
}

export interface ChallengeSession {
  challenge: 'NEW_PASSWORD_REQUIRED' | 'SOFTWARE_TOKEN_MFA';
  username: string;
  expiresAt: number;
}

export interface UserStore {
  /** By username or by e-mail address in any case. */
  find(name: string): User | undefined;
  /** @returns false when another user holds the e-mail address; nothing is written then */
  save(user: User): boolean;
  remove(username: string): void;
  addGrant(refreshToken: string, grant: RefreshGrant): void;
  findGrant(refreshToken: string): RefreshGrant | undefined;
  isOriginRevoked(originJti: string): boolean;
  revokeOrigin(originJti: string): void;
  revokeAllOf(username: string): void;
  addSession(session: string, challenge: ChallengeSession): void;
  findSession(session: string): ChallengeSession | undefined;
  removeSession(session: string): void;
  /** The private signing key, kept by the first call that has none. */
  signingKey(make: () => Promise<JWK>): Promise<JWK>;
  close(): void;
}

/**
 * Users, grants and the signing key in one SQLite file, durable when a call returns; in memory without a directory.
 * Of passwords, refresh tokens and sessions only hashes are kept.
 */
export function openUserStore(dir?: string): UserStore {
  if (dir !== undefined) mkdirSync(dir, { recursive: true });
  const db = new DatabaseSync(dir === undefined ? ':memory:' : path.join(dir, 'users.db'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS users (username TEXT PRIMARY KEY, email TEXT UNIQUE NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS grants (token TEXT PRIMARY KEY, username TEXT NOT NULL, originJti TEXT NOT NULL, body TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS grantsByUser ON grants (username);
    CREATE INDEX IF NOT EXISTS grantsByOrigin ON grants (originJti);
    CREATE TABLE IF NOT EXISTS sessions (session TEXT PRIMARY KEY, expiresAt INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, body TEXT NOT NULL);`);
  const sql = {
    findUser: db.prepare('SELECT body FROM users WHERE username = ? OR email = ?'),
    holderOf: db.prepare('SELECT username FROM users WHERE email = ?'),
    saveUser: db.prepare('REPLACE INTO users VALUES (?, ?, ?)'),
    removeUser: db.prepare('DELETE FROM users WHERE username = ?'),
    addGrant: db.prepare('INSERT INTO grants VALUES (?, ?, ?, ?)'),
    findGrant: db.prepare('SELECT body FROM grants WHERE token = ?'),
    findOrigin: db.prepare('SELECT body FROM grants WHERE originJti = ?'),
    revokeOrigin: db.prepare("UPDATE grants SET body = json_set(body, '$.revoked', json('true')) WHERE originJti = ?"),
    revokeUser: db.prepare("UPDATE grants SET body = json_set(body, '$.revoked', json('true')) WHERE username = ?"),
    addSession: db.prepare('INSERT INTO sessions VALUES (?, ?, ?)'),
    sweepSessions: db.prepare('DELETE FROM sessions WHERE expiresAt < ?'),
    findSession: db.prepare('SELECT body FROM sessions WHERE session = ?'),
    removeSession: db.prepare('DELETE FROM sessions WHERE session = ?'),
    findKey: db.prepare("SELECT body FROM keys WHERE name = 'signing'"),
    addKey: db.prepare("INSERT INTO keys VALUES ('signing', ?)"),
  };
  const parsed = <T>(row: unknown): T | undefined => (row === undefined ? undefined : (JSON.parse((row as { body: string }).body) as T));

  return {
    find: (name) => parsed<User>(sql.findUser.get(name, name.toLowerCase())),
    save(user) {
      const email = (user.attributes['email'] ?? '').toLowerCase();
      const holder = sql.holderOf.get(email);
      if (holder && holder['username'] !== user.username) return false;
      sql.saveUser.run(user.username, email, JSON.stringify(user));
      return true;
    },
    remove(username) {
      sql.removeUser.run(username);
      sql.revokeUser.run(username);
    },
    addGrant: (token, grant) => void sql.addGrant.run(digest(token), grant.username, grant.originJti, JSON.stringify(grant)),
    findGrant: (token) => parsed<RefreshGrant>(sql.findGrant.get(digest(token))),
    isOriginRevoked: (originJti) => parsed<RefreshGrant>(sql.findOrigin.get(originJti))?.revoked !== false,
    revokeOrigin: (originJti) => void sql.revokeOrigin.run(originJti),
    revokeAllOf: (username) => void sql.revokeUser.run(username),
    addSession(session, challenge) {
      // Whatever ended well before this one began cannot be asked for again; the hour keeps "expired" tellable from "unknown".
      sql.sweepSessions.run(challenge.expiresAt - 3_600_000);
      sql.addSession.run(digest(session), challenge.expiresAt, JSON.stringify(challenge));
    },
    findSession: (session) => parsed<ChallengeSession>(sql.findSession.get(digest(session))),
    removeSession: (session) => void sql.removeSession.run(digest(session)),
    async signingKey(make) {
      const kept = parsed<JWK>(sql.findKey.get());
      if (kept) return kept;
      const made = await make();
      sql.addKey.run(JSON.stringify(made));
      return made;
    },
    close: () => db.close(),
  };
}

const digest = (secret: string) => createHash('sha256').update(secret).digest('base64url');
