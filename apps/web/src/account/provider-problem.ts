/**
 * Why somebody came back from a provider's page without being let in. The address carries the reason's name alone, so
 * that no link can put words into this page.
 */
const SENTENCES: Readonly<Record<string, (name: string) => string>> = {
  'auth.provider_away': (name) => `${name} does not answer at the moment. Try again in a while.`,
  'auth.provider_denied': (name) => `${name} was told not to sign you in.`,
  'auth.provider_refused': (name) => `What ${name} answered proves nothing. Begin again.`,
  'auth.attempt_gone': () =>
    'This sign-in was used, took too long, or began in another browser. Begin again.',
  'auth.attempt_mismatch': () =>
    'That answer belongs to another sign-in than the one that began here. Begin again.',
  'auth.identity_email_taken': (name) =>
    `An account with your e-mail address exists here. Sign in to it, then link ${name} in its settings.`,
  'auth.identity_of_another': (name) => `That ${name} account opens another account here.`,
  'auth.suspended': () => 'This account is suspended.',
  'auth.sign_up_closed': () => 'This server takes no new accounts at the moment.',
  'auth.setup_code': (name) =>
    `The first account of this server is made with its set-up code. Make it here, then link ${name} in its settings.`,
};

/** The sentence for a reason; null for none. @param name the provider's */
export function providerProblem(reason: string | null, name: string): string | null {
  if (reason === null) return null;
  const say = Object.hasOwn(SENTENCES, reason) ? SENTENCES[reason] : undefined;
  return say ? say(name) : 'Signing in did not work. Begin again.';
}
