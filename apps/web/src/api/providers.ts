import type { Page, SignInProviderView } from '@clawtank/contracts';
import { type Base, get } from './rooms';

/** Who people can sign in through on this server, beside a password. */
export async function readProviders(
  base: Base,
  signal?: AbortSignal,
): Promise<readonly SignInProviderView[]> {
  return (await get<Page<SignInProviderView>>(base, 'auth/providers', signal)).items;
}
