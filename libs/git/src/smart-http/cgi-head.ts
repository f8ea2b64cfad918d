export interface CgiHead {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  /** Bytes of the body that came with the head. */
  readonly rest: Buffer;
}

export const MAX_CGI_HEAD_BYTES = 16 * 1024;

const PASSED_ON = new Set(['content-type', 'content-length', 'cache-control', 'expires', 'pragma']);

/** Reads a CGI response's head (RFC 3875, 6.3); undefined while its end has not arrived. */
export function parseCgiHead(bytes: Buffer): CgiHead | undefined {
  const windows = bytes.indexOf('\r\n\r\n');
  const unix = bytes.indexOf('\n\n');
  const useWindows = windows >= 0 && (unix < 0 || windows < unix);
  const end = useWindows ? windows : unix;
  if (end < 0) return undefined;
  const headers = bytes
    .subarray(0, end)
    .toString('latin1')
    .split(/\r?\n/)
    .flatMap((line): (readonly [string, string])[] => {
      const colon = line.indexOf(':');
      return colon > 0 ? [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]] : [];
    });
  const status = Number(headers.find(([name]) => name === 'status')?.[1].slice(0, 3) ?? 200);
  return {
    status: Number.isInteger(status) && status >= 200 && status < 600 ? status : 502,
    headers: headers.filter(([name]) => PASSED_ON.has(name)),
    rest: bytes.subarray(end + (useWindows ? 4 : 2)),
  };
}
