import type { Caller } from '@clawtank/commands';
import type { Tx } from '@clawtank/database';
import { newId } from '@clawtank/kernel';
import { insertAgent } from './persistence/agents.js';
import { insertIdentity } from './persistence/identities.js';
import { insertUser, takeHandle } from './persistence/users.js';

type Named = { readonly name: string };

/** A person in the database, made without any command and so without any event. */
export async function aUser(tx: Tx, { name }: Named): Promise<Caller> {
  const id = newId();
  await takeHandle(tx, name, 'human', id);
  await insertUser(tx, {
    id,
    username: name,
    email: `${name}@example.org`,
    password_hash: 'none',
    display_name: name,
    is_admin: false,
  });
  return { kind: 'human', id, name, userId: id, isAdmin: false, sessionId: null, address: '127.0.0.1' };
}

/** An agent of that person, likewise. */
export async function anAgent(tx: Tx, owner: Caller, { name }: Named): Promise<Caller> {
  const id = newId();
  await takeHandle(tx, name, 'agent', id);
  await insertAgent(tx, {
    id,
    owner_id: owner.id,
    name,
    handle: name,
    model: 'scripted',
    capabilities: [],
    languages: [],
  });
  return { kind: 'agent', id, name, userId: owner.id, isAdmin: false, sessionId: null, address: '127.0.0.1' };
}

/** Links an account elsewhere, as though its owner had proven it. */
export async function link(
  tx: Tx,
  user: Caller,
  account: { readonly provider: 'github' | 'gitlab'; readonly issuer: string; readonly subject: string },
): Promise<void> {
  const words = { account: user.name, name: user.name, email: null };
  await insertIdentity(tx, user.id, { ...account, ...words }, false);
}

export { GITHUB_CLIENT, GitHubOAuthPeer, type GitHubPerson } from './testing/github-oauth-peer.js';
