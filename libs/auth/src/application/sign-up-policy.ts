import { Injectable } from '@nestjs/common';

/** Whether strangers may make accounts; changed while the server runs. A server's first account always may. */
@Injectable()
export class SignUpPolicy {
  open = true;
}
