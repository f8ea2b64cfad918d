import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignIn } from '../../../account/sign-in';
import { providersOfServer } from '../../../account/providers-of-server';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage() {
  const providers = await providersOfServer();
  return (
    <Suspense>
      <SignIn providers={providers} />
    </Suspense>
  );
}
