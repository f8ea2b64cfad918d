'use client';

import type { CommandResult } from '@clawtank/agent-sdk';
import type { CommandInputOf, CommandName, RoomSnapshot } from '@clawtank/contracts';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { useClient, useMe } from '../session/use-session';
import { type Cast, castOf } from '../story/cast';
import type { RoomStory } from '../story/room-story';
import { toastError } from '../ui/toasts';
import { type RoomState, RoomStore } from './room-store';

const StoreContext = createContext<RoomStore | null>(null);
const CastContext = createContext<Cast | null>(null);

export function useStore(): RoomStore {
  const store = useContext(StoreContext);
  if (!store) throw new Error('this needs a room around it');
  return store;
}

/** A part of the room's state; a render follows only when that part is another one. */
export function useRoomState<T>(pick: (state: RoomState) => T): T {
  const store = useStore();
  return useSyncExternalStore(
    store.subscribe,
    () => pick(store.get()),
    () => pick(store.get()),
  );
}

function storyOf({ model }: RoomState): RoomStory<RoomSnapshot> {
  if (!model) throw new Error('the room is not here yet');
  return model.story;
}

/** A part of the room as it stands. Only below `<Room>`, which waits for it. */
export const useRoom = <T,>(pick: (snapshot: RoomSnapshot) => T): T =>
  useRoomState((state) => pick(storyOf(state).snapshot));

export const useStory = (): RoomStory<RoomSnapshot> => useRoomState(storyOf);

/** How everybody and every task of the room is drawn and called. */
export function useCast(): Cast {
  const cast = useContext(CastContext);
  if (!cast) throw new Error('this needs a room around it');
  return cast;
}

export function RoomProvider({ room, children }: { room: string; children: ReactNode }) {
  const client = useClient();
  const me = useMe();
  const [store, setStore] = useState<RoomStore | null>(null);
  useEffect(() => {
    const opened = new RoomStore(client, room, me.id);
    opened.open();
    setStore(opened);
    return () => opened.close();
  }, [client, room, me.id]);
  return store && <StoreContext.Provider value={store}>{children}</StoreContext.Provider>;
}

export function CastProvider({ children }: { children: ReactNode }) {
  const members = useRoom((snapshot) => snapshot.members);
  const agents = useRoom((snapshot) => snapshot.agents);
  const tasks = useRoom((snapshot) => snapshot.tasks);
  const cast = useMemo(() => castOf({ members, agents, tasks }), [members, agents, tasks]);
  return <CastContext.Provider value={cast}>{children}</CastContext.Provider>;
}

type Run = <N extends CommandName>(
  name: N,
  input: CommandInputOf<N>,
  wrong?: string,
) => Promise<CommandResult<N> | null>;

/** Runs a command; a refusal is told in a toast and answered with null. `busy` while any of it runs. */
export function useCommand(): { readonly run: Run; readonly busy: boolean } {
  const client = useClient();
  const [running, setRunning] = useState(0);
  const run: Run = useCallback(
    async (name, input, wrong) => {
      setRunning((count) => count + 1);
      try {
        return await client.command(name, input);
      } catch (error) {
        toastError(error, wrong);
        return null;
      } finally {
        setRunning((count) => count - 1);
      }
    },
    [client],
  );
  return { run, busy: running > 0 };
}

export type Standing = 'host' | 'member' | 'spectator';

/** What the reader is in this room. */
export function useStanding(): Standing {
  const me = useMe();
  return useRoom((snapshot) => snapshot.members.find(({ user }) => user.id === me.id)?.role ?? 'member');
}
