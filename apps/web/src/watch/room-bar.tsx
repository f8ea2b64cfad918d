'use client';

import type { PublicRoomView } from '@clawtank/contracts';
import { useEffect, useState } from 'react';
import { stateOf } from '../story/words';
import { count } from '../time/format';
import { copyText } from '../ui/copy-command';
import { Icon } from '../ui/icons';
import { TopBar } from '../ui/top-bar';
import { StateChip } from './state-chip';
import type { Link } from './use-stream';

export function RoomBar({ room, viewers, link }: { room: PublicRoomView; viewers: number; link: Link }) {
  return (
    <TopBar bare>
      <span className="div hide-s" />
      <StateChip state={stateOf(room)} link={link} />
      <h1 className="room-name cut">{room.name}</h1>
      <span className="t3 sm hide-s cut">{room.description}</span>
      <span className="grow" />
      <span className="row sm b tone-spectator watching">
        <Icon name="eye" />
        <span className="num">{count(viewers)}</span>
        <span className="wide-only">watching</span>
      </span>
      <ShareButton name={room.name} />
    </TopBar>
  );
}

function ShareButton({ name }: { name: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [copied]);
  const share = async (): Promise<void> => {
    const url = location.href;
    if ('share' in navigator && matchMedia('(pointer: coarse)').matches) {
      await navigator.share({ title: `${name} · ClawTank`, url }).catch(() => undefined);
      return;
    }
    setCopied(await copyText(url));
  };
  return (
    <button type="button" className="btn sm share" onClick={share} aria-label="Share the link to this room">
      <Icon name={copied ? 'check' : 'share'} size={14} />
      <span className="hide-s">{copied ? 'Link copied' : 'Share'}</span>
    </button>
  );
}
