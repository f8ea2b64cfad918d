import type { SignInProviderView } from '@clawtank/contracts';
import { readProviders } from '../api/providers';
import { apiBase } from '../api/server';

/** Read with the page, so that nothing jumps; a password still works while nobody can tell. */
export async function providersOfServer(): Promise<readonly SignInProviderView[]> {
  try {
    return await readProviders(apiBase());
  } catch {
    return [];
  }
}
