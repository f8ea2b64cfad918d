'use client';

import { hasCode } from '@clawtank/agent-sdk';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { Tooltip } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { KeepWorker } from '../device/keep-worker';
import { KeyCenter } from '../keys/key-center';
import { Toasts } from '../ui/toasts';

const STALE_MS = 10_000;

const queries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        // The SDK has tried again already where that helps; a refusal stays one.
        retry: (failures, error) => failures < 1 && hasCode(error, 'UNAVAILABLE'),
      },
    },
  });

/** What every page of the app proper stands on. `nonce` lets the libraries' own style elements pass the policy. */
export function Providers({ children, nonce }: { children: ReactNode; nonce: string }) {
  const [client] = useState(() => {
    setNonce(nonce);
    return queries();
  });
  return (
    <QueryClientProvider client={client}>
      <Tooltip.Provider delayDuration={500}>
        {children}
        <KeyCenter />
        <Toasts />
        <KeepWorker />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}
