import { createHash, generateKeyPairSync, type KeyObject, randomBytes, verify } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { parseBasicCredentials } from '../../../smart-http/basic-credentials.js';
import type { PeerClock } from '../peer-clock.js';
import { PeerBody, PeerRefusal, type PeerRequest } from '../peer-http.js';
import type { PeerAccount, PeerInstallation, PeerToken, Permission, Permissions } from './model.js';

const HOUR_MS = 3_600_000;
export const APP_ID = 4_711;
/** What ClawTank's App asks for. */
export const APP_PERMISSIONS: Permissions = {
  administration: 'write',
  checks: 'write',
  contents: 'write',
  metadata: 'read',
  pull_requests: 'write',
  repository_hooks: 'write',
  statuses: 'write',
};
const BAD = { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' };

/** Who may do what: an App with its installations, and personal tokens. */
export class GithubAccess {
  readonly appId = APP_ID;
  readonly privateKey: string;
  readonly installations: PeerInstallation[] = [];
  readonly tokens: PeerToken[] = [];
  private readonly publicKey: KeyObject;

  constructor(private readonly clock: PeerClock) {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    this.publicKey = publicKey;
    this.privateKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  }

  install(owner: string, permissions: Permissions = APP_PERMISSIONS): PeerInstallation {
    const installation = { id: 9_000 + this.installations.length, owner, permissions, suspended: false };
    this.installations.push(installation);
    return installation;
  }

  /** A personal token; without `permissions` it may do all that its account may. */
  personalToken(account: PeerAccount, permissions?: Permissions): string {
    const kind = permissions ? ('installation' as const) : ('user' as const);
    return this.issue(
      { account, kind, permissions: permissions ?? {}, expiresAt: null, owner: null },
      'ghp_',
    );
  }

  installationToken(installation: PeerInstallation): PeerToken {
    const account = { id: APP_ID, login: 'clawtank[bot]', type: 'Bot' } as const;
    const { permissions, owner } = installation;
    const expiresAt = new Date(this.clock.now().getTime() + HOUR_MS);
    const token = this.issue({ account, kind: 'installation', permissions, expiresAt, owner }, 'ghs_');
    return this.need(token);
  }

  revokeAll(): void {
    for (const token of this.tokens) token.revoked = true;
  }

  /** @throws 401 for a token that is unknown, expired or revoked */
  need(text: string): PeerToken {
    const found = this.tokens.find(({ token }) => token === text);
    const dead = !found || found.revoked || (found.expiresAt !== null && found.expiresAt <= this.clock.now());
    if (dead) throw new PeerRefusal(401, BAD);
    return found;
  }

  /** Whose token a request carries. */
  ofRequest(request: PeerRequest): PeerToken | undefined {
    const [scheme = '', token = ''] = (request.headers.authorization ?? '').split(' ');
    if (scheme === '') return undefined;
    if (!/^(token|bearer)$/i.test(scheme)) throw new PeerRefusal(401, BAD);
    return this.need(token);
  }

  /** Whose token git sends as a password. */
  ofGit(req: IncomingMessage): PeerToken | undefined {
    const basic = parseBasicCredentials(req.headers.authorization);
    if (!basic) return undefined;
    try {
      return this.need(basic.password);
    } catch {
      return undefined;
    }
  }

  /** Checks the App's own JWT. */
  requireApp(request: PeerRequest): void {
    const [, jwt = ''] = (request.headers.authorization ?? '').split(' ');
    const [head = '', payload = '', signature = ''] = jwt.split('.');
    const signed = Buffer.from(`${head}.${payload}`);
    const ok = verify('sha256', signed, this.publicKey, Buffer.from(signature, 'base64url'));
    const claims = new PeerBody(ok ? JSON.parse(Buffer.from(payload, 'base64url').toString()) : {});
    const { iss, exp } = claims.fields;
    if (String(iss) !== String(APP_ID) || Number(exp) * 1_000 < Date.now())
      throw new PeerRefusal(401, { ...BAD, message: 'A JSON web token could not be decoded' });
  }

  private issue(token: Omit<PeerToken, 'token' | 'revoked'>, prefix: string): string {
    const text = prefix + createHash('sha256').update(randomBytes(16)).digest('hex').slice(0, 36);
    this.tokens.push({ ...token, token: text, revoked: false });
    return text;
  }
}

/** May the token do that? Write includes read. */
export function mayDo(token: PeerToken, permission: Permission, level: 'read' | 'write'): boolean {
  if (token.kind === 'user') return true;
  const held = token.permissions[permission];
  return held === 'write' || (level === 'read' && (held === 'read' || permission === 'metadata'));
}
