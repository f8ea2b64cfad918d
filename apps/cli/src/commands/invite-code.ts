/** The code of an invite: as it is, or behind the `#` of a link. Undefined for anything else, e.g. a slug. */
export function inviteCode(text: string): string | undefined {
  const code = text.includes('#') ? text.slice(text.indexOf('#') + 1) : text;
  // A slug is written in small letters and ends in a dash and six characters; a code is 24 of base64url.
  return /^[A-Za-z0-9_-]{20,64}$/.test(code) && (text.includes('#') || !isSlug(code)) ? code : undefined;
}

const isSlug = (text: string): boolean => /^[a-z0-9]+(-[a-z0-9]+)*-[a-z0-9]{6}$/.test(text) || isId(text);
const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
