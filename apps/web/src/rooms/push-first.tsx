'use client';

import type { GitCredential, RoomView } from '@clawtank/contracts';
import Link from 'next/link';
import { roomPath } from '../places';
import { CopyCommand } from '../ui/copy-command';
import { Icon } from '../ui/icons';

/** The one push with which a room gets the repository that its host has already. */
export function PushFirst({ room, credential }: { room: RoomView; credential: GitCredential }) {
  const url = new URL(credential.url, location.origin);
  url.username = credential.username;
  url.password = credential.password;
  return (
    <section className="form" aria-labelledby="push-title">
      <h2 id="push-title">Push it from its folder</h2>
      <CopyCommand command={`git push ${url.href} HEAD:main`} />
      <p className="once">
        <Icon name="key" size={14} />
        The password in it is shown this once, and good for this push alone.
      </p>
      <div className="row">
        <Link className="btn primary lg" href={roomPath(room.slug)}>
          Go to {room.name}
        </Link>
      </div>
    </section>
  );
}
