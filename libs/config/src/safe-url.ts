import { Validate, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

@ValidatorConstraint({ name: 'safeUrl' })
class SafeUrlConstraint implements ValidatorConstraintInterface {
  validate(value: unknown): boolean {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    const { protocol, hostname, username, search, hash } = new URL(value);
    if (username + search + hash !== '') return false;
    return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.test(hostname));
  }
  defaultMessage(): string {
    return 'must be an https address (http only on this machine)';
  }
}

/** An address to which secrets may be sent: TLS, or this machine; without credentials, query and fragment. */
export const SafeUrl = (): PropertyDecorator => Validate(SafeUrlConstraint);
