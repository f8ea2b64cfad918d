export interface BasicCredentials {
  readonly username: string;
  readonly password: string;
}

const MAX_HEADER = 8_192;

/** Reads an `Authorization: Basic` header (RFC 7617); undefined when there is none that can be read. */
export function parseBasicCredentials(header: string | undefined): BasicCredentials | undefined {
  if (!header || header.length > MAX_HEADER) return undefined;
  const encoded = /^basic +([A-Za-z0-9+/_-]+=*)$/i.exec(header)?.[1];
  if (!encoded) return undefined;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
}
