import { Module } from '@nestjs/common';
import { Identities } from './application/identities.js';
import { ListIdentities, UnlinkIdentity } from './application/own-identities.js';
import { ProvidersExamination } from './application/providers-examination.js';
import { SignIn } from './application/sign-in.js';
import { SignInAttempts } from './application/sign-in-attempts.js';
import { SignInProviders } from './application/sign-in-providers.js';

/** Signing in through providers. Needs what `AuthModule` gives, and an `AccountAudit`. */
@Module({
  providers: [
    ProvidersExamination,
    ListIdentities,
    UnlinkIdentity,
    Identities,
    SignIn,
    SignInAttempts,
    SignInProviders,
  ],
  exports: [SignIn, SignInProviders],
})
export class SignInModule {}
