import type { Command } from 'commander';
import type { LoginInput, RegisterInput, SessionReply } from '@clawtank/contracts';
import type { Cli } from '../cli.js';
import type { Start } from '../start.js';
import { ask, password } from '../session/secret-input.js';
import { storedSession } from '../session/session-tokens.js';
import { cliOf } from './options.js';

interface LoginOptions {
  readonly user?: string;
  readonly passwordStdin?: true;
  readonly register?: true;
  readonly email?: string;
  readonly displayName?: string;
  readonly setupCode?: string;
}

export function addLogin(program: Command, start: Start): void {
  program
    .command('login')
    .description('sign in; the server is remembered')
    .option('-u, --user <name>', 'user name or e-mail address')
    .option('--password-stdin', 'read the password from stdin (else CLAWTANK_PASSWORD, else asked for)')
    .option('--register', 'create the account first')
    .option('--email <address>', 'with --register')
    .option('--display-name <name>', 'with --register')
    .option('--setup-code <code>', 'with --register, for the first account of a server on another machine')
    .action((options: LoginOptions, command: Command) => login(cliOf(command, start), options));
}

async function login(cli: Cli, options: LoginOptions): Promise<void> {
  const user = options.user ?? cli.env['CLAWTANK_USER'] ?? (await ask('User name: '));
  const secret = await password(cli.env, options.passwordStdin === true);
  const reply = options.register
    ? await register(cli, user, secret, options)
    : await cli.stranger.post<SessionReply>('/auth/login', {
        login: user,
        password: secret,
        client: 'cli',
      } satisfies LoginInput);
  cli.credentials.saveSession(storedSession(reply));
  cli.rememberServer();
  cli.out.result(
    { user: reply.user, server: cli.server },
    () => `Signed in to ${cli.server} as ${reply.user.username}.`,
  );
}

async function register(
  cli: Cli,
  user: string,
  secret: string,
  options: LoginOptions,
): Promise<SessionReply> {
  const input: RegisterInput = {
    username: user,
    email: options.email ?? (await ask('E-mail address: ')),
    password: secret,
    client: 'cli',
    ...(options.displayName ? { display_name: options.displayName } : {}),
    ...(options.setupCode ? { setup_code: options.setupCode } : {}),
  };
  return cli.stranger.post<SessionReply>('/auth/register', input);
}
