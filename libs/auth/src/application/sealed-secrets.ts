import { Injectable } from '@nestjs/common';
import { Database } from '@clawtank/database';
import { AuthConfig } from '../auth.config.js';
import { SealedBox } from '../domain/sealed-box.js';
import { serverSecret } from '../persistence/secrets.js';

/** The box for secrets that the server has to read again. */
@Injectable()
export class SealedSecrets {
  private making: Promise<SealedBox> | undefined;

  constructor(
    private readonly config: AuthConfig,
    private readonly database: Database,
  ) {}

  /** Sealed by `CLAWTANK_SECRET_KEYS`; the server's own key opens too, so that setting them later loses nothing. */
  box(): Promise<SealedBox> {
    this.making ??= this.make().catch((error: unknown) => {
      this.making = undefined;
      throw error;
    });
    return this.making;
  }

  private async make(): Promise<SealedBox> {
    const given = (this.config.secretKeys ?? '').split(',').flatMap((key) => key.trim() || []);
    return new SealedBox([...given, await serverSecret(this.database, 'sealed_box')]);
  }
}
