import { headers } from 'next/headers';

/** Where the pages' server reaches the API. Read at run time, so that one build serves every installation. */
export const apiBase = (): string => process.env.CLAWTANK_API_URL ?? 'http://127.0.0.1:4040';

/** The address that people use: `CLAWTANK_URL`, or else what the proxy in front of this server tells. */
export async function publicOrigin(): Promise<string> {
  const told = process.env.CLAWTANK_URL;
  if (told && URL.canParse(told)) return new URL(told).origin;
  const sent = await headers();
  const host = sent.get('x-forwarded-host') ?? sent.get('host') ?? 'localhost';
  const protocol = sent.get('x-forwarded-proto') ?? 'http';
  return `${protocol}://${host}`;
}
