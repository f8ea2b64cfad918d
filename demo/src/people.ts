import { Rest } from './rest.js';
import type { Secrets } from './secrets.js';
import type { Terminal } from './cli.js';

export interface Person {
  readonly id: string;
  readonly username: string;
  readonly token: string;
  readonly rest: Rest;
}

/** Of everybody in the demo. */
export const PASSWORD = 'a long demo password';

/** Makes an account over REST; its e-mail address holds a planted word. */
export async function register(
  url: string,
  username: string,
  secret: string,
  displayName = username[0]?.toUpperCase() + username.slice(1),
): Promise<Person> {
  const email = `${secret}@example.org`;
  const session = await new Rest(url).post<{ user: { id: string }; access_token: string }>('/auth/register', {
    username,
    email,
    password: PASSWORD,
    display_name: displayName,
  });
  return {
    id: session.user.id,
    username,
    token: session.access_token,
    rest: new Rest(url, session.access_token),
  };
}

/** Signs the person in at a terminal of theirs. */
export async function signIn(terminal: Terminal, person: Person): Promise<void> {
  await terminal.clawtank(['login', '--user', person.username], { CLAWTANK_PASSWORD: PASSWORD });
}

/** What the two write to each other where no stranger looks. */
export async function exchangeDirectMessages(from: Person, to: Person, secrets: Secrets): Promise<void> {
  await from.rest.post('/me/messages', { to: to.id, text: `Between us: ${secrets.direct_message}` });
  await to.rest.post('/me/messages', { to: from.id, text: `I keep it: ${secrets.reply_by_direct_message}` });
}
