'use client';

import type { ConnectionView } from '@clawtank/contracts';
import { TextField } from '../ui/field';

export type CodeHostName = ConnectionView['host'];

export const HOSTS: Readonly<Record<CodeHostName, string>> = { github: 'GitHub', gitlab: 'GitLab' };

const NEEDED: Readonly<Record<CodeHostName, string>> = {
  github:
    'Fine-grained, for this repository: contents, pull requests, commit statuses and webhooks to write.',
  gitlab: 'Of the project, its group or yours: scope api, role Maintainer.',
};

/** Where a code host's token goes in, and nowhere out again. */
export function TokenField({ host, error }: { host: CodeHostName; error: string | undefined }) {
  return (
    <TextField
      label={`${HOSTS[host]} token`}
      name="token"
      type="password"
      autoComplete="off"
      hint={`${NEEDED[host]} It is kept sealed and never shown again.`}
      error={error}
    />
  );
}
