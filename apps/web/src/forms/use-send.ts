'use client';

import { ClawTankError } from '@clawtank/agent-sdk';
import { useState } from 'react';

/** What the server refused: a sentence, and one for each field that was wrong. */
export interface Refusal {
  readonly says: string;
  readonly reason: string;
  readonly fields: ReadonlyMap<string, string>;
}

const UNEXPECTED = 'Something unexpected happened. Try again.';

function refusalOf(error: unknown): Refusal {
  if (!(error instanceof ClawTankError)) return { says: UNEXPECTED, reason: '', fields: new Map() };
  const fields = new Map(error.errors.map(({ path, message }) => [path, message]));
  return { says: error.message, reason: error.reason, fields };
}

/** Sends a form: one sending at a time, and what came of it if that was a refusal. */
export function useSend(): {
  readonly busy: boolean;
  readonly refusal: Refusal | null;
  /** True when it went through. */
  readonly send: (work: () => Promise<void>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (work: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
      return true;
    } catch (error) {
      setRefusal(refusalOf(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, refusal, send };
}
