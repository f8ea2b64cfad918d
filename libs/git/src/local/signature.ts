import { CLAWTANK, type Signature } from '../domain/git-objects.js';

// git drops these itself, and refuses a name of which nothing is left.
const clean = (text: string): string => text.replace(/[<>\n\r\0]/g, '').trim();

/** The environment that makes git write these two signatures into a commit. */
export function signatureEnvironment(author: Signature, committer: Signature): Record<string, string> {
  const one = (role: 'AUTHOR' | 'COMMITTER', who: Signature): Record<string, string> => ({
    [`GIT_${role}_NAME`]: clean(who.name) || CLAWTANK.name,
    [`GIT_${role}_EMAIL`]: clean(who.email) || CLAWTANK.email,
    [`GIT_${role}_DATE`]: `@${Math.floor(who.at.getTime() / 1_000)} +0000`,
  });
  return { ...one('AUTHOR', author), ...one('COMMITTER', committer) };
}
