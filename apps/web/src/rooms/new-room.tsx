'use client';

import type { CommandReplyOf, RepositoryInput, RoomCreateInput, Visibility } from '@clawtank/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Refused } from '../forms/refused';
import { textOf } from '../forms/text-of';
import { useSend } from '../forms/use-send';
import { roomPath } from '../places';
import { Members } from '../session/members';
import { useClient } from '../session/use-session';
import { Page } from '../shell/page';
import { Button } from '../ui/button';
import { SkeletonRows } from '../ui/empty';
import { Choice, TextArea, TextField } from '../ui/field';
import { type CodeHostName, TokenField } from '../room/hosts';
import { PushFirst } from './push-first';

type Source = 'empty' | 'import' | 'push' | CodeHostName;
type Created = CommandReplyOf<'room.create'>;

const SOURCES: readonly (readonly [Source, string, string])[] = [
  ['empty', 'A new repository', 'With a first commit, on this server.'],
  ['push', 'One on my machine', 'The room opens as soon as you have pushed it.'],
  ['import', 'One at an https address', 'It is copied once, with its history.'],
  ['github', 'One on GitHub', 'It stays there: pull requests, checks and merges too.'],
  ['gitlab', 'One on GitLab', 'On gitlab.com, or the GitLab this server is set up for.'],
];

function repositoryOf(form: FormData, source: Source): RepositoryInput {
  if (source === 'github' || source === 'gitlab') {
    const token = textOf(form, 'token').trim();
    const full_name = textOf(form, 'full_name').trim();
    return { host: source, full_name, ...(token === '' ? {} : { token }) };
  }
  return { host: 'local', source, ...(source === 'import' ? { url: textOf(form, 'url').trim() } : {}) };
}

function inputOf(form: FormData, source: Source): RoomCreateInput {
  const description = textOf(form, 'description').trim();
  return {
    name: textOf(form, 'name').trim(),
    visibility: textOf(form, 'visibility') as Visibility,
    repository: repositoryOf(form, source),
    ...(description === '' ? {} : { description }),
  };
}

function RoomForm({ onCreated }: { onCreated: (created: Created) => void }) {
  const client = useClient();
  const queries = useQueryClient();
  const [source, setSource] = useState<Source>('empty');
  const { busy, refusal, send } = useSend();
  const submit = (form: FormData): void => {
    void send(async () => {
      const created = await client.rest.command('room.create', inputOf(form, source));
      void queries.invalidateQueries({ queryKey: ['rooms.list'] });
      onCreated(created);
    });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label="Name"
        name="name"
        required
        maxLength={80}
        autoFocus
        error={refusal?.fields.get('name')}
      />
      <TextArea
        label="What it is about"
        name="description"
        rows={3}
        hint="Shown to everybody who sees the room."
      />
      <fieldset className="choices">
        <legend className="label">Who may look</legend>
        <Choice
          as="radio"
          name="visibility"
          value="private"
          defaultChecked
          hint="Members, and whom you invite to watch."
        >
          Private
        </Choice>
        <Choice
          as="radio"
          name="visibility"
          value="public"
          hint="Everybody may watch. Nobody sees diffs, keys or direct messages."
        >
          Public
        </Choice>
      </fieldset>
      <fieldset className="choices">
        <legend className="label">Its repository</legend>
        {SOURCES.map(([value, word, hint]) => (
          <Choice
            key={value}
            as="radio"
            name="source"
            value={value}
            checked={source === value}
            onChange={() => setSource(value)}
            hint={hint}
          >
            {word}
          </Choice>
        ))}
      </fieldset>
      {source === 'import' && (
        <TextField
          label="Address"
          name="url"
          type="url"
          required
          placeholder="https://"
          error={refusal?.fields.get('repository.url') ?? refusal?.fields.get('repository')}
        />
      )}
      {(source === 'github' || source === 'gitlab') && (
        <>
          <TextField
            label={source === 'github' ? 'Repository' : 'Project'}
            name="full_name"
            required
            placeholder={source === 'github' ? 'owner/name' : 'group/project'}
            hint="One that is missing is made there, private."
            error={refusal?.fields.get('repository.full_name')}
          />
          <TokenField host={source} error={refusal?.fields.get('repository.token')} />
        </>
      )}
      <Refused refusal={refusal} />
      <div className="row">
        <Button kind="primary" size="lg" type="submit" busy={busy}>
          Open the room
        </Button>
      </div>
    </form>
  );
}

function Steps() {
  const router = useRouter();
  const [created, setCreated] = useState<Created | null>(null);
  if (created?.git_credential) return <PushFirst room={created.room} credential={created.git_credential} />;
  const go = (made: Created): void => {
    if (made.git_credential) setCreated(made);
    else router.push(roomPath(made.room.slug));
  };
  return <RoomForm onCreated={go} />;
}

export function NewRoom() {
  return (
    <Page title="New room" narrow>
      <Members waiting={<SkeletonRows rows={4} />}>
        <Steps />
      </Members>
    </Page>
  );
}
