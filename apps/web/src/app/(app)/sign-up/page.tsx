import type { Metadata } from 'next';
import { Suspense } from 'react';
import { SignUp } from '../../../account/sign-up';
import { providersOfServer } from '../../../account/providers-of-server';

export const metadata: Metadata = { title: 'Make an account' };

export default async function SignUpPage() {
  const providers = await providersOfServer();
  return (
    <Suspense>
      <SignUp providers={providers} />
    </Suspense>
  );
}
